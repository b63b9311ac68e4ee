using System.Globalization;
using System.Text;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;
using EdgeHub.Sync.Feeds;
using EdgeHub.Sync.Stores;

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
            book.Effective.End?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", book.KnownFrom, Encoding.UTF8.GetString(bytes), book.Region, book.Currency.Code);
    }

    /// <returns>False: the same book was loaded before.</returns>
    /// <exception cref="FaultException">WrongRegion, UnknownCurrency: it is not this region's. Duplicated: this version was loaded
    /// with another text. BadDate: it would hold for settlements that are judged already.</exception>
    public static bool Load(HubStore hub, BookRow book) => hub.Write(session =>
    {
        RefuseForeign(hub, book);
        var held = FeedStore.BookHash(session, hub.Region, book.Key);
        if (held is not null)
        {
            return held == book.Hash
                ? false
                : throw new FaultException(new Fault(Codes.Duplicated, "version", book.Key, "a higher version: this one was loaded with another text"));
        }
        RefuseRetroactive(session, hub.Region, book);
        Put(session, hub.Region, book);
        return true;
    });

    /// <summary>Puts a book among the region's that is let loose as a retroactive run; who is hit was reported before.</summary>
    /// <exception cref="FaultException">Duplicated: this version was loaded meanwhile.</exception>
    public static void LetLoose(StoreSession session, string region, BookRow book)
    {
        if (FeedStore.BookHash(session, region, book.Key) is not null)
        {
            throw new FaultException(new Fault(Codes.Duplicated, "version", book.Key, "a version that was not loaded"));
        }
        Put(session, region, book);
    }

    /// <summary>Whether the book may become this region's at all.</summary>
    /// <exception cref="FaultException">WrongRegion, UnknownCurrency; Duplicated: this version is loaded.</exception>
    public static void CheckNew(HubStore hub, BookRow book)
    {
        RefuseForeign(hub, book);
        if (hub.Read(session => FeedStore.BookHash(session, hub.Region, book.Key)) is not null)
        {
            throw new FaultException(new Fault(Codes.Duplicated, "version", book.Key, "a version that was not loaded"));
        }
    }

    private static void Put(StoreSession session, string region, BookRow book)
    {
        var version = new PendingVersion(session, region, FeedNames.Policies);
        FeedStore.AddBook(session, region, book, version.Next);
        version.TakeIf(true);
        TableSums.KeepIf(true, session, region, ReferenceSums.Policies);
    }

    private static void RefuseForeign(HubStore hub, BookRow book)
    {
        if (book.Region != hub.Region)
        {
            throw new FaultException(new Fault(Codes.WrongRegion, "region", book.Region, $"{hub.Region}, the region of this hub"));
        }
        if (book.Currency != hub.Settings.Currency.Code)
        {
            throw new FaultException(new Fault(Codes.UnknownCurrency, "currency", book.Currency, $"{hub.Settings.Currency.Code}, the currency of this region"));
        }
    }

    /// <summary>A retroactive change is a run of its own, with a report of whom it hits first (data.md); loading a book never
    /// changes silently what was judged.</summary>
    private static void RefuseRetroactive(StoreSession session, string region, BookRow book)
    {
        var (settlements, persons) = FeedStore.Judged(session, region, book);
        if (settlements > 0)
        {
            throw new FaultException(new Fault(
                Codes.BadDate, "knownFrom", book.KnownFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture,
                    $"a day after the capture of every judged settlement that the book would hold for: it would hit {settlements} settlements of {persons} persons. With hub policy retro prepare it becomes a run of its own")));
        }
    }
}
