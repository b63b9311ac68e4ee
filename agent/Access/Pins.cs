using System.Security.Cryptography;
using System.Text;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Access;

/// <summary>PINs: which are too weak to be one, and how one is kept and checked. A PIN is mixed with the store's own key before the
/// slow function, so that a copy of the database alone gives none away, as short as it is.</summary>
public static class Pins
{
    public const int Least = 6;
    public const int Most = 12;

    /// <summary>A PIN that another gave is taken for so long.</summary>
    public static readonly TimeSpan GivenFor = TimeSpan.FromHours(72);

    /// <summary>A shorter staff number is in every PIN by chance.</summary>
    private const int LeastOwn = 4;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int LeastRounds = 100_000;
    private const int MostRounds = 2_000_000;
    private const int TriedRounds = 20_000;
    private const int WantedMilliseconds = 120;

    /// <summary>What everybody tries first. Runs, repetitions and one digit are found by rule.</summary>
    private static readonly string[] KnownToAll = ["147258", "147369", "159357", "258369", "520520", "521521", "112233", "123123", "520131", "1314520", "5201314", "111222"];

    /// <summary>Why this cannot be a PIN; null: it can. The PIN itself is never in the fault.</summary>
    public static Fault? Weak(string pin, string number) =>
        pin.Length is < Least or > Most || !pin.All(char.IsAsciiDigit) ? Fault("6 to 12 digits")
        : pin.Distinct().Count() <= 2 ? Fault("more than two different digits")
        : IsRun(pin) ? Fault("no digits in a row, such as 123456")
        : IsRepeated(pin) ? Fault("no group that is repeated, such as 123123")
        : KnownToAll.Contains(pin, StringComparer.Ordinal) ? Fault("none of the PINs that everybody tries first")
        : number.Length >= LeastOwn && (pin.Contains(number, StringComparison.Ordinal) || number.Contains(pin, StringComparison.Ordinal)) ? Fault("nothing of the own staff number")
        : IsDay(pin) ? Fault("no day, such as a birthday")
        : null;

    /// <summary>How many rounds one check takes about an eighth of a second here, measured once.</summary>
    public static int Rounds(TimeProvider time)
    {
        var begun = time.GetTimestamp();
        Rfc2898DeriveBytes.Pbkdf2(new byte[HashBytes], new byte[SaltBytes], TriedRounds, HashAlgorithmName.SHA256, HashBytes);
        var took = time.GetElapsedTime(begun).Ticks;
        return took <= 0 ? LeastRounds : (int)Math.Clamp(TriedRounds * WantedMilliseconds * TimeSpan.TicksPerMillisecond / took, LeastRounds, MostRounds);
    }

    /// <param name="mixed">The PIN by <see cref="StaffStore.Mixed"/>.</param>
    public static PinProof Make(byte[] mixed, int rounds, IEntropy entropy)
    {
        var salt = new byte[SaltBytes];
        entropy.Fill(salt);
        return new PinProof(salt, Derive(mixed, salt, rounds), rounds);
    }

    /// <summary>In constant time.</summary>
    public static bool Holds(byte[] mixed, PinProof proof) =>
        CryptographicOperations.FixedTimeEquals(Derive(mixed, proof.Salt, proof.Rounds), proof.Hash);

    /// <summary>A PIN to give to somebody: eight digits that pass for one.</summary>
    public static string Give(string number, IEntropy entropy)
    {
        var bytes = new byte[8];
        string pin;
        do
        {
            entropy.Fill(bytes);
            pin = (BitConverter.ToUInt64(bytes) % 100_000_000).ToString("00000000", System.Globalization.CultureInfo.InvariantCulture);
        }
        while (Weak(pin, number) is not null);
        return pin;
    }

    private static byte[] Derive(byte[] mixed, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(mixed, salt, rounds, HashAlgorithmName.SHA256, HashBytes);

    private static Fault Fault(string expected) => new(Codes.WeakPin, "pin", "", expected);

    private static bool IsRun(string pin)
    {
        var steps = pin.Zip(pin.Skip(1), (a, b) => b - a).Distinct().ToList();
        return steps is [1 or -1 or 0];
    }

    private static bool IsRepeated(string pin) =>
        Enumerable.Range(1, pin.Length / 2).Any(length => pin.Length % length == 0 && pin == new StringBuilder().Insert(0, pin[..length], pin.Length / length).ToString());

    /// <summary>Six or eight digits that are a day of the last hundred years, written yyMMdd, ddMMyy, yyyyMMdd or ddMMyyyy.</summary>
    private static bool IsDay(string pin) => pin.Length switch
    {
        6 => Is(pin, "yyMMdd") || Is(pin, "ddMMyy"),
        8 => Is(pin, "yyyyMMdd") || Is(pin, "ddMMyyyy"),
        _ => false,
    };

    private static bool Is(string pin, string format) =>
        DateOnly.TryParseExact(pin, format, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) && day.Year is >= 1925 and <= 2060;
}
