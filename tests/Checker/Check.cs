using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeHub.Tests.Checker;

/// <summary>The first thing that is not as README.txt of the export says.</summary>
public sealed class DifferenceException(string what) : Exception(what);

/// <summary>Checks the folder that "hub export audit" wrote, by its README.txt alone: this program knows nothing else of the hub and
/// uses the base library only. Exit code 0: everything agrees; 1: the first difference is named; 2: no folder was given.</summary>
public static class Check
{
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        if (args.Count is not (1 or 3) || (args.Count == 3 && args[1] != "--key") || !Directory.Exists(args[0]))
        {
            errors.WriteLine("checker FOLDER [--key ID]: the folder that \"hub export audit\" wrote, and the id of the hub's key as its operator told it.");
            return 2;
        }
        var folder = new Folder(args[0]);
        try
        {
            foreach (var (number, what) in Everything(folder, args.Count == 3 ? args[2] : null))
            {
                output.WriteLine($"{number,12}  {what}");
            }
            output.WriteLine("Everything agrees.");
            return 0;
        }
        catch (DifferenceException difference)
        {
            errors.WriteLine(difference.Message);
            return 1;
        }
        catch (Exception unreadable) when (unreadable is IOException or FormatException or OverflowException or JsonException or CryptographicException
            or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            errors.WriteLine($"{folder.Last}: cannot be read as README.txt defines it: {unreadable.Message}");
            return 1;
        }
    }

    private static IEnumerable<(long Number, string What)> Everything(Folder folder, string? hubKeyId)
    {
        var settings = folder.Rows("settings.csv").ToDictionary(row => row["key"], row => row["value"], StringComparer.Ordinal);
        yield return (Manifest.Check(folder, settings, hubKeyId), "files by the signed manifest");
        var journals = Journals.Read(folder, settings);
        yield return (journals.Batches, "batches with their signatures and chains");
        yield return (journals.Claims.Count, "claims in the lines");
        yield return (Recount.Lines(folder, settings, journals), "settlements against their lines");
        yield return (Recount.Sums(folder, settings, journals), "sums by site and month against the decisions");
        var books = new Books(folder, settings);
        yield return (books.Sets(), "ledger sets that sum to zero");
        yield return (new Refunds(folder, settings, journals).Check(), "refunds against those who owe them");
        yield return (books.Balances(), "balances against the legs");
        yield return (books.Closings(), "closings with their hashes");
        yield return (books.Decisions(), "decisions against the ledger");
    }
}

/// <summary>The exported folder.</summary>
public sealed class Folder(string root)
{
    public string Path(string name) => System.IO.Path.Combine(root, name.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>The file that was read last: where something cannot be understood, it is in there.</summary>
    public string Last { get; private set; } = "";

    public byte[] Bytes(string name)
    {
        Last = name;
        return File.Exists(Path(name)) ? File.ReadAllBytes(Path(name)) : throw new DifferenceException($"{name}: expected a file; it is missing");
    }

    public IReadOnlyList<Row> Rows(string name) => Csv.Read(name, Bytes(name));

    /// <summary>Every file, by its name with slashes.</summary>
    public IEnumerable<string> Names() => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .Select(path => System.IO.Path.GetRelativePath(root, path).Replace(System.IO.Path.DirectorySeparatorChar, '/')).Order(StringComparer.Ordinal);
}
