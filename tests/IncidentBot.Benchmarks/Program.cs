using IncidentBot.Benchmarks;

var benchmarks = new Dictionary<string, Func<Task>>
{
    ["commits"] = CommitBenchmark.RunAsync,
    ["timeline"] = TimelineBenchmark.RunAsync,
    ["draft"] = DraftBenchmark.RunAsync,
    ["templating"] = TemplatingBenchmark.RunAsync,
    ["slack"] = SlackBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
};

var name = args.FirstOrDefault("all");
if (name == HelloWorld.Switch)
{
    await HelloWorld.RunAsync();
    return 0;
}
if (name != "all" && !benchmarks.ContainsKey(name))
{
    await Console.Error.WriteLineAsync($"\"{name}\" is no benchmark. Known are: {string.Join(", ", benchmarks.Keys)}, all.");
    return 2;
}
#if DEBUG
await Console.Error.WriteLineAsync("This is a Debug build; its figures mean nothing. Use: dotnet run -c Release --project tests/IncidentBot.Benchmarks");
#endif
Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}");
foreach (var (_, run) in benchmarks.Where(b => name == "all" || name == b.Key))
    await run();
return 0;
