using System.Globalization;

namespace EdgeHub.Quickstart.Parts;

/// <summary>What the person who runs the morning reads: one line per step, with the seconds since the start.</summary>
public sealed class Screen(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    public double Seconds => clock.GetElapsedTime(_start).TotalSeconds;

    public void Title(string text) => Console.WriteLine($"{Environment.NewLine}== {text}");

    public void Step(string text) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{Seconds,5:0.0} s] {text}"));

    public void Detail(string text) => Console.WriteLine($"          {text}");

    public void Plain(string text) => Console.WriteLine(text);

    /// <summary>Yuan with thousands and two places, from fen.</summary>
    public static string Yuan(long fen) =>
        string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{Math.Abs(fen) / 100:N0}.{Math.Abs(fen) % 100:00}");
}
