// In a browser, with npm adaptivecards and markdown-it: shows a card as a client of Teams does, and keeps what its buttons hand back.
// The colours are those of Teams' light and dark theme. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/design-effective-cards
const THEMES = {
  light: { back: '#ffffff', raised: '#f5f5f5', text: '#242424', subtle: '#616161', accent: '#5b5fc7', attention: '#c4314b', good: '#237b4b', line: '#d1d1d1' },
  dark: { back: '#292929', raised: '#1f1f1f', text: '#ffffff', subtle: '#adadad', accent: '#9299f7', attention: '#f9526b', good: '#92c353', line: '#616161' },
};

function configOf(theme) {
  const color = c => ({ default: c, subtle: c });
  const style = back => ({
    backgroundColor: back,
    foregroundColors: {
      default: { default: theme.text, subtle: theme.subtle }, accent: color(theme.accent), attention: color(theme.attention), good: color(theme.good),
      dark: color(theme.text), light: color(theme.subtle), warning: color(theme.attention),
    },
  });
  return new AdaptiveCards.HostConfig({
    fontFamily: 'Segoe UI, system-ui, sans-serif',
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 20, extraLarge: 28, padding: 16 },
    containerStyles: { default: style(theme.back), emphasis: style(theme.raised) },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
    factSet: { title: { weight: 'Bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 12 },
  });
}

const markdown = window.markdownit({ html: false, breaks: false });
AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
  // Mentions are no HTML to Teams.
  result.outputHtml = markdown.render(text.replace(/<at>(.*?)<\/at>/g, '**@$1**'));
  result.didProcess = true;
};

window.showCard = (json, themeName) => {
  window.pressed = [];
  const theme = THEMES[themeName];
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = configOf(theme);
  card.parse(json, new AdaptiveCards.SerializationContext(new AdaptiveCards.Version(1, 5)));
  card.onExecuteAction = action => window.pressed.push({ type: action.getJsonTypeName(), verb: action.verb, data: action.data });
  document.body.style.cssText = `margin: 0; padding: 16px; background: ${theme.raised}; color: ${theme.text}`;
  const sheet = document.createElement('style');
  sheet.textContent = `
    .ac-adaptiveCard { border: 1px solid ${theme.line}; border-radius: 6px; max-width: 640px; }
    .ac-adaptiveCard p { margin: 0; }
    .ac-adaptiveCard a { color: ${theme.accent}; }
    input, textarea, select { box-sizing: border-box; width: 100%; padding: 6px; border: 1px solid ${theme.line}; border-radius: 4px; background: ${theme.raised}; color: ${theme.text}; font: 14px Segoe UI, system-ui, sans-serif; }
    textarea { min-height: 64px; }
    button.ac-pushButton { padding: 6px 12px; border: 1px solid ${theme.line}; border-radius: 4px; background: ${theme.back}; color: ${theme.text}; font: 600 14px Segoe UI, system-ui, sans-serif; }
    button.style-positive { background: #5b5fc7; color: #ffffff; }`;
  document.body.replaceChildren(sheet, card.render());
};
