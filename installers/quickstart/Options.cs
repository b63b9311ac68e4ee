using System.Globalization;

namespace EdgeHub.Quickstart;

/// <summary>A call that cannot be understood; the message says what would be right.</summary>
public sealed class OptionFault(string message) : Exception(message);

/// <summary>What the morning is run with.</summary>
/// <param name="Root">Folder of the project, where the programs were built.</param>
/// <param name="State">Folder that this run may empty and fill.</param>
/// <param name="Configuration">Release or Debug: which build is run.</param>
/// <param name="Population">Synthetic insured persons of the county.</param>
/// <param name="VisitsPerClinic">Ordinary visits per clinic before the line is cut, and as many again afterwards by half.</param>
/// <param name="Seed">Seed of the persons and of the choices.</param>
/// <param name="Store">The words of connection to an empty database on PostgreSQL for the hub; null: a file in the state folder.</param>
/// <param name="Stay">One clinic's desk stays open after the morning, until it is ended.</param>
/// <param name="RecountOnly">Only recount the files of a morning that is over.</param>
public sealed record Options(string Root, string State, string Configuration, int Population, int VisitsPerClinic, int Seed, string? Store, bool Stay, bool RecountOnly)
{
    private const string Usage =
        "EdgeHub.Quickstart [recount] [--root DIR] [--state DIR] [--configuration Release|Debug] [--population 165000] [--visits 40] [--seed 7] [--store CONNECTION] [--stay]";

    /// <exception cref="OptionFault">Unknown option, or a value out of its range.</exception>
    public static Options Parse(string[] args)
    {
        var recount = args.Length > 0 && args[0] == "recount";
        var stay = args.Contains("--stay", StringComparer.Ordinal);
        args = [.. args.Where(arg => arg != "--stay")];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = recount ? 1 : 0; i < args.Length; i += 2)
        {
            if (i + 1 >= args.Length || args[i] is not ("--root" or "--state" or "--configuration" or "--population" or "--visits" or "--seed" or "--store"))
            {
                throw new OptionFault($"\"{args[i]}\" is not understood. {Usage}");
            }
            values[args[i]] = args[i + 1];
        }
        var root = Path.GetFullPath(values.GetValueOrDefault("--root", Directory.GetCurrentDirectory()));
        if (!File.Exists(Path.Combine(root, "EdgeHub.sln")))
        {
            throw new OptionFault($"--root {root}: this folder holds no EdgeHub.sln. {Usage}");
        }
        return new Options(
            root,
            Path.GetFullPath(values.GetValueOrDefault("--state", Path.Combine(root, ".run", "quickstart"))),
            values.GetValueOrDefault("--configuration", "Release"),
            Number(values, "--population", 165_000, 2_000, 2_000_000),
            Number(values, "--visits", 40, 4, 400),
            Number(values, "--seed", 7, 1, int.MaxValue),
            values.GetValueOrDefault("--store"),
            stay,
            recount);
    }

    private static int Number(Dictionary<string, string> values, string name, int otherwise, int least, int most)
    {
        if (!values.TryGetValue(name, out var text))
        {
            return otherwise;
        }
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new OptionFault($"{name} {text}: a whole number from {least} to {most} would be right. {Usage}");
    }
}
