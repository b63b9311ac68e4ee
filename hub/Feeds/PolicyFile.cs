using System.Globalization;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;

namespace EdgeHub.Hub.Feeds;

/// <summary>A benefit policy book. A loaded version is never changed: another text needs a higher version.</summary>
public static class PolicyFile
{
    /// <exception cref="FileFaultException">Too large, or absent.</exception>
    /// <exception cref="FaultException">The book is refused by the rules; every fault is named.</exception>
    public static BookRow Read(FileInfo file)
    {
        FileFaults.CheckFile(file, PolicyBookReader.MaxBytes);
        var bytes = File.ReadAllBytes(file.FullName);
        var book = PolicyBookReader.Read(bytes.AsMemory()).OrThrow();
        var (id, version, hash) = book.Reference;
        return new BookRow(
            string.Create(CultureInfo.InvariantCulture, $"{id}/{version}"), id, version, hash, book.Effective.First,
            book.Effective.End?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", book.KnownFrom, Encoding.UTF8.GetString(bytes));
    }

    /// <returns>False: the same book was loaded before.</returns>
    /// <exception cref="FaultException">Duplicated: this version was loaded with another text.</exception>
    public static bool Load(HubStore hub, BookRow book) => hub.Write(session =>
    {
        var held = FeedStore.BookHash(session, hub.Region, book.Key);
        if (held is not null)
        {
            return held == book.Hash
                ? false
                : throw new FaultException(new Fault(Codes.Duplicated, "version", book.Key, "a higher version: this one was loaded with another text"));
        }
        var version = new PendingVersion(session, hub.Region, FeedNames.Policies);
        FeedStore.AddBook(session, hub.Region, book, version.Next);
        version.TakeIf(true);
        return true;
    });
}
