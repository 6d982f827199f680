using System.Net;
using System.Net.Sockets;

namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>Free ports below those that the system gives to outgoing connections, so that a bot can come back on its own.</summary>
internal static class Ports
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _next = Random.Shared.Next(Count);

    public static int Free()
    {
        for (var i = 0; i < Count; i++)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
        throw new InvalidOperationException("No port is free.");
    }
}
