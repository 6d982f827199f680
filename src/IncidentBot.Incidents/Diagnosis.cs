namespace IncidentBot.Incidents;

/// <summary>What a check of <c>doctor</c> found; a check may also throw a fault.</summary>
/// <param name="Mark">What the line begins with: <c>ok</c>, <c>warn</c> for what works and lacks something, <c>--</c> for what was not checked, <c>FAIL</c>.</param>
public readonly record struct Diagnosis(string Mark, string Text)
{
    public bool IsFault => Mark == "FAIL";

    public static implicit operator Diagnosis(string text) => new("ok", text);

    public static Diagnosis Warning(string text) => new("warn", text);

    public static Diagnosis Fault(string text) => new("FAIL", text);

    public static Diagnosis NotChecked(string text) => new("--", text);
}
