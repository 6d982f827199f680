namespace IncidentBot.EndToEnd.Tests.Running;

/// <summary>File modes stop everybody but root, who is therefore started without that privilege.</summary>
internal static class Privileges
{
    public const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    public const UnixFileMode Full = ReadOnly | UnixFileMode.UserWrite;

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    /// <summary>
    /// Still root, who owns the files, but bound to their modes. Not the user <c>nobody</c>, who may not be able to read the
    /// checkout or to use the folder.
    /// </summary>
    public static string[] WithoutOverride => IsRoot ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] : [];
}
