using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.Slack;

/// <summary>Skipped, with the reason, where Slack's libraries are not installed; with <c>CI=true</c> it fails there instead.</summary>
internal sealed class JudgeFactAttribute : FactAttribute
{
    public JudgeFactAttribute() => Skip = Ci.IsRunning ? null : Judges.Slack.FindObstacle();
}
