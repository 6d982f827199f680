namespace IncidentBot.Templating.Functions;

internal static class DateFormat
{
    public static string Default(TemplateContext context) => "%d %b %Y";

    public static string Format(TemplateContext context, DateTime time, string format) => time.ToString(context.CurrentCulture);
}
