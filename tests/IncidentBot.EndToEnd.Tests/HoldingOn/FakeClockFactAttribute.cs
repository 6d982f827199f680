using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

/// <summary>Skipped, with the reason, where no clock can be faked; with <c>CI=true</c> it fails there instead.</summary>
internal sealed class FakeClockFactAttribute : FactAttribute
{
    public FakeClockFactAttribute() => Skip = Ci.IsRunning ? null : FakeClock.FindObstacle();
}
