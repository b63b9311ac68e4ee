using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Hub.AuditTrail;

/// <summary>The folder that is given out. Its files are their owner's alone; the manifest with the SHA-256 of each, signed by the hub,
/// is written last: a folder without it is not whole.</summary>
internal sealed class AuditFolder
{
    public const string Manifest = "manifest.csv";
    public const string Signature = "manifest.sig";

    private readonly List<string> _files = [];

    /// <exception cref="FaultException">The folder exists and is not empty.</exception>
    public AuditFolder(DirectoryInfo folder)
    {
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any())
        {
            throw new FaultException(new Fault(Codes.Duplicated, "--out", folder.FullName, "a new or an empty folder"));
        }
        OwnerFiles.Folder(folder.FullName);
        Root = folder.FullName;
    }

    public string Root { get; }

    /// <summary>How many files are in it, the manifest and its signature not counted.</summary>
    public int Count => _files.Count;

    /// <param name="name">With slashes, below the folder.</param>
    public FileStream New(string name)
    {
        var path = Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));
        OwnerFiles.Folder(Path.GetDirectoryName(path)!);
        OwnerFiles.Touch(path);
        _files.Add(name);
        return new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.None);
    }

    public void Text(string name, string text)
    {
        using var file = New(name);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <returns>How many rows.</returns>
    public long Csv(string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var count = 0L;
        using var writer = new StreamWriter(New(name), new UTF8Encoding(false));
        CsvFile.Write(writer, columns, rows.Select(row =>
        {
            count++;
            return row;
        }));
        return count;
    }

    /// <summary>Writes the manifest over every file, and the hub's signature over its bytes.</summary>
    public void Seal(ISigner signer)
    {
        var lines = new List<IReadOnlyList<string>>();
        foreach (var name in _files.Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar)));
            lines.Add([name, file.Length.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(file))]);
        }
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        CsvFile.Write(text, ["file", "bytes", "sha256"], lines);
        var manifest = Encoding.UTF8.GetBytes(text.ToString());
        OwnerFiles.Write(Path.Combine(Root, Signature), Encoding.ASCII.GetBytes(Convert.ToBase64String(signer.Sign(manifest)) + "\n"));
        OwnerFiles.Write(Path.Combine(Root, Manifest), manifest);
    }
}
