'use strict';

// Forms of the bot, and the page's own two: a new room, a new person.

/** The form on the screen: what it is, where its answer goes, and the try under way. */
let openedForm = null;

/** Asks the bot for a form and shows it. */
async function openForm(reference, room) {
  const query = new URLSearchParams({ person: state.me.id, room: room.view.id });
  if (reference.incidentNumber !== null) query.set('incident', reference.incidentNumber);
  if (reference.number != null) query.set('number', reference.number);
  try {
    const answer = await get(`/forms/${encodeURIComponent(reference.formId)}?${query}`);
    if (answer.form) showBotForm(answer.form, room);
    else showAnswer(answer, room, knownIncidents());
  } catch (fault) {
    toast(`The form could not be opened. ${fault.message}`);
  }
}

function showBotForm(form, room) {
  const { formId, incidentNumber, number } = form.reference;
  const person = state.me.id;
  showForm({
    form,
    draftKey: `form:${person}:${formId}:${incidentNumber ?? ''}:${number ?? ''}`,
    async submit(id, values) {
      const known = knownIncidents();
      const answer = await post('/forms', { id, room: room.view.id, person, formId, incident: incidentNumber, number, values });
      const errors = answer.fieldErrors ?? {};
      if (Object.keys(errors).length > 0) return { errors };
      if (answer.isRefused) return { fault: plainText(answer.message) };
      showAnswer(answer, room, known);
      return {};
    },
  });
}

const plainText = message => message.blocks.flatMap(block => block.text?.spans ?? []).map(span => span.text ?? '').join('');

function showForm({ form, draftKey, submit }) {
  openedForm = { form, draftKey, submit, attempt: null };
  const draft = kept.read(draftKey, {});
  $('form-title').textContent = form.title;
  $('form-submit').textContent = form.submit;
  $('form-intro').replaceChildren(...renderRichText(form.intro));
  $('form-intro').hidden = !form.intro;
  $('form-fields').replaceChildren(...form.inputs.map(input => renderInput(input, draft[input.name] ?? input.value)));
  $('form-kept').textContent = Object.keys(draft).length > 0 ? 'What you typed before is back.' : '';
  showFormFault('');
  if (!$('form-dialog').open) $('form-dialog').showModal();
  formControl(form.inputs[0].name)?.focus();
}

const controlId = name => `field-${name}`;
const formControl = name => $(controlId(name));

function renderInput(input, value) {
  const id = controlId(input.name);
  const control = renderControl(input, {
    id,
    name: input.name,
    'aria-describedby': `${id}-hint ${id}-error`,
    'aria-required': input.isRequired ? 'true' : null,
  });
  control.value = value;
  return el('div', { class: 'field' },
    el('label', { for: id }, input.label, input.isRequired ? el('span', { class: 'required' }, ' (required)') : null),
    el('p', { class: 'hint', id: `${id}-hint` }, input.hint),
    control,
    el('p', { class: 'fault', id: `${id}-error` }));
}

function renderControl(input, attributes) {
  switch (input.$type) {
    case 'choice': return el('select', attributes, renderOptions(input));
    case 'number': return el('input', { ...attributes, type: 'number', min: input.minimum, max: input.maximum, step: 'any', inputmode: 'decimal' });
    case 'date': return el('input', { ...attributes, type: 'date' });
    case 'person': return el('input', { ...attributes, type: 'text', list: 'people-names', placeholder: '@name' });
    case 'zone': return el('input', { ...attributes, type: 'text', list: 'zones' });
    default: return input.isLong ? el('textarea', { ...attributes, rows: 4 }) : el('input', { ...attributes, type: 'text' });
  }
}

function renderOptions(input) {
  const options = input.options.map(option => el('option', { value: option.value }, option.label));
  const canBeEmpty = input.value === '' && !input.options.some(option => option.value === '');
  return canBeEmpty ? [el('option', { value: '' }, 'Choose…'), ...options] : options;
}

function formValues() {
  return Object.fromEntries(openedForm.form.inputs.map(({ name }) => [name, formControl(name).value]));
}

function keepFormDraft() {
  kept.write(openedForm.draftKey, formValues());
  $('form-kept').textContent = 'What you type is kept in this browser.';
}

function showFormFault(text) {
  $('form-fault').textContent = text;
  $('form-fault').hidden = !text;
}

function showFieldErrors(errors) {
  for (const { name } of openedForm.form.inputs) {
    const error = errors[name] ?? '';
    formControl(name).setAttribute('aria-invalid', String(error !== ''));
    $(`${controlId(name)}-error`).textContent = error;
  }
  const known = openedForm.form.inputs.map(input => input.name);
  const first = known.find(name => errors[name]);
  const others = Object.entries(errors).filter(([name]) => !known.includes(name)).map(([, error]) => error);
  showFormFault(others.join(' '));
  if (first) formControl(first).focus();
}

const missingValues = values => Object.fromEntries(openedForm.form.inputs
  .filter(input => input.isRequired && values[input.name].trim() === '')
  .map(input => [input.name, 'This is needed.']));

/** The same values are sent again under the same id, so that a lost answer does not record them twice. */
function attemptFor(values) {
  const sent = JSON.stringify(values);
  if (openedForm.attempt?.sent !== sent) openedForm.attempt = { id: newId(), sent };
  return openedForm.attempt;
}

async function submitForm(event) {
  event.preventDefault();
  const current = openedForm;
  const values = formValues();
  const missing = missingValues(values);
  showFieldErrors(missing);
  if (Object.keys(missing).length > 0) return;

  $('form-submit').disabled = true;
  try {
    const { errors = {}, fault = '' } = await current.submit(attemptFor(values).id, values);
    current.attempt = null;
    showFieldErrors(errors);
    if (fault) showFormFault(fault);
    else if (Object.keys(errors).length === 0) finishForm(current);
  } catch (fault) {
    if (!fault.isPassing) current.attempt = null;
    showFormFault(fault.isPassing ? `${fault.message} Nothing is lost: what you typed is kept. Try again.` : fault.message);
  } finally {
    $('form-submit').disabled = false;
  }
}

/** The answer may have opened another form; that one stays. */
function finishForm(form) {
  kept.remove(form.draftKey);
  if (openedForm === form) $('form-dialog').close();
}

function newRoomForm() {
  const inputs = [
    { $type: 'text', name: 'name', label: 'Name', hint: 'For example payments-team.', isRequired: true, value: '' },
    { $type: 'text', name: 'topic', label: 'Topic', hint: 'What the room is for.', value: '' },
  ];
  showForm({
    form: { title: 'New room', submit: 'Create room', inputs },
    draftKey: 'form:room',
    async submit(_, values) {
      const room = await post('/rooms', values);
      takeRoom(room);
      openRoom(room.id);
      return {};
    },
  });
}

function newPersonForm() {
  const zoneId = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const inputs = [
    { $type: 'text', name: 'name', label: 'Name', hint: 'One word, as it is typed after @.', isRequired: true, value: '' },
    { $type: 'zone', name: 'zoneId', label: 'Time zone', hint: 'For example Europe/Madrid or UTC.', isRequired: true, value: zoneId },
  ];
  showForm({
    form: { title: 'Add a person', submit: 'Add and speak as', inputs },
    draftKey: 'form:person',
    async submit(_, values) {
      const person = await post('/people', values);
      takePerson(person);
      speakAs(person.id);
      return {};
    },
  });
}

function startForms() {
  $('chat-form').addEventListener('submit', submitForm);
  $('chat-form').addEventListener('input', keepFormDraft);
  $('form-close').addEventListener('click', () => $('form-dialog').close());
  $('form-cancel').addEventListener('click', () => $('form-dialog').close());
  $('new-room').addEventListener('click', newRoomForm);
  $('new-person').addEventListener('click', newPersonForm);
  $('zones').replaceChildren(...['UTC', ...Intl.supportedValuesOf('timeZone')].map(zone => el('option', { value: zone })));
}
