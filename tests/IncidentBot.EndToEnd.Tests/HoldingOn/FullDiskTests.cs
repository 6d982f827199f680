using System.Diagnostics;
using System.Net;
using IncidentBot.EndToEnd.Tests.Running;

namespace IncidentBot.EndToEnd.Tests.HoldingOn;

[Collection(AloneCollection.Name)]
public sealed class FullDiskTests
{
    [SmallDiskFact]
    public async Task On_a_full_disk_a_command_is_refused_clearly_and_works_once_there_is_space()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var bot = await BotProcess.StartAsync(disk.Path);
        var incident = await bot.Chat.DeclareAsync();
        await bot.DrainOutboxAsync();
        var ballast = disk.Fill();

        var refused = await Eventually.GetAsync("the disk is full", async () =>
        {
            var answer = await bot.Chat.TrySayAsync("/timeline note " + new string('x', 10_000), incident.Room);
            return answer.IsSuccess ? null : answer;
        });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        CommandRun.AssertExplains(refused.Problem(), "full", "space");
        var recorded = (await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline.Count;
        File.Delete(ballast);
        await bot.Chat.CommandAsync("/timeline note there is space", incident.Room);
        await bot.DrainOutboxAsync();
        Assert.Equal(recorded + 1, (await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline.Count);
        Assert.Contains(await bot.Chat.ReadRoomAsync(incident.Room), m => m.Text.Contains("there is space", StringComparison.Ordinal));
        await bot.KillAsync();
        await bot.StartAgainAsync();
        Assert.Equal(recorded + 1, (await bot.Chat.ReadIncidentAsync(incident.Number)).Timeline.Count);
    }

    [SmallDiskFact]
    public async Task A_bot_that_finds_the_disk_full_says_so()
    {
        await using var disk = await SmallDisk.MountAsync();
        var ballast = disk.Fill();

        (await StartTests.StartAsync(disk.Path)).AssertRefusedToStart("full", disk.Path);

        File.Delete(ballast);
        await using var bot = await BotProcess.StartAsync(disk.Path);
        await bot.Chat.DeclareAsync();
    }

    /// <summary>Skipped where no small file system can be mounted; <c>GroupCommitWriterTests</c> then still covers a database that may not grow.</summary>
    private sealed class SmallDiskFactAttribute : FactAttribute
    {
        public SmallDiskFactAttribute() => Skip = SmallDisk.IsPossible ? null : "Mounting a tmpfs needs root and the mount command.";
    }

    private sealed class SmallDisk : IAsyncDisposable
    {
        private static readonly Lazy<bool> Possible = new(Try);

        private readonly TemporaryFolder _folder = new();

        public static bool IsPossible => Possible.Value;

        public string Path => _folder.Path;

        public static async Task<SmallDisk> MountAsync()
        {
            var disk = new SmallDisk();
            var run = await CommandRun.OfAsync(Start("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.Path));
            Assert.True(run.ExitCode == 0, run.Errors);
            return disk;
        }

        /// <returns>The file that takes up all the space.</returns>
        public string Fill()
        {
            var path = System.IO.Path.Combine(Path, "ballast");
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            try
            {
                while (true)
                    file.Write(new byte[4_096]);
            }
            catch (IOException)
            {
                return path;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await CommandRun.OfAsync(Start("umount", "--lazy", Path));
            _folder.Dispose();
        }

        private static bool Try()
        {
            if (!Privileges.IsRoot)
                return false;
            using var folder = new TemporaryFolder();
            try
            {
                using var mount = Process.Start(Start("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder.Path))!;
                mount.WaitForExit();
                if (mount.ExitCode != 0)
                    return false;
                using var umount = Process.Start(Start("umount", folder.Path))!;
                umount.WaitForExit();
                return umount.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }

        private static ProcessStartInfo Start(string program, params string[] arguments) => new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
