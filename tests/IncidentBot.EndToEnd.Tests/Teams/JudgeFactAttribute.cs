using IncidentBot.EndToEnd.Tests.Browsing;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Teams;

/// <summary>Skipped, with the reason, where Microsoft's libraries are not installed; with <c>CI=true</c> it fails there instead.</summary>
internal sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute() => Skip = Ci.IsRunning ? null : Judges.Teams.FindObstacle();
}

/// <summary>The same where a browser is needed, too.</summary>
internal sealed class BrowserJudgeFactAttribute : FactAttribute
{
    public BrowserJudgeFactAttribute() => Skip = Ci.IsRunning ? null : BrowserFactAttribute.FindObstacle() ?? Judges.Teams.FindObstacle();
}
