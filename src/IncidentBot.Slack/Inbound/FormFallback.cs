using IncidentBot.Incidents.Chat;
using IncidentBot.Incidents.Declaring;
using IncidentBot.Incidents.Resolving;
using IncidentBot.Slack.Api;

namespace IncidentBot.Slack.Inbound;

/// <summary>How a form is filled in by commands, for when it cannot be opened.</summary>
internal static class FormFallback
{
    public static ChatMessage For(ChatForm form, Exception fault) => new(
        new TextBlock($"{Why(fault)} The same by command:"),
        new ListBlock([.. Commands(form).Select(RichText.Code)]));

    /// <summary>A trigger that is too old came too late, as an answer that did not come.</summary>
    private static string Why(Exception fault) =>
        fault is SlackException { IsTransient: false, ErrorCode: not ("expired_trigger_id" or "trigger_expired") } refused
            ? $"The form cannot be opened. {SlackFaults.Explain(refused)}"
            : "Slack did not open the form in time.";

    private static IEnumerable<string> Commands(ChatForm form)
    {
        var key = form.Reference.IncidentNumber is { } number ? $"INC-{number} " : "";
        return form.Reference.FormId switch
        {
            DeclareForm.Id => ["/incident start sev2 Checkout answers 500 --service checkout --at 10m ago"],
            ResolutionForm.Id => form.Inputs.Select(i => i.Name).Select(name => name switch
            {
                "resolution" => $"/incident {key}resolve <how it was resolved>",
                "cause" => $"/incident {key}cause <root cause, in detail>",
                "fix" => $"/incident {key}fix <how it was fixed, in detail>",
                "detected" => $"/incident {key}detected at 14:05 by monitoring <how>",
                "services" => $"/incident {key}impact --service <name>",
                "experience" => $"/incident {key}impact <what users experienced>",
                "users" => $"/incident {key}impact --users 30%",
                "misleading" => $"/timeline {key}misleading at 14:05 <what led nowhere>",
                "escalations" => $"/incident {key}none escalations",
                "improvements" => $"/incident {key}improve <what can be improved>",
                _ => $"/incident {key}task <what is to be done> @owner due friday",
            }),
            _ => [$"/timeline {key}note at 14:05 <what happened>"],
        };
    }
}
