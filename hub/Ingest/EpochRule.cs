using EdgeHub.Sync.Wire;

namespace EdgeHub.Hub.Ingest;

/// <summary>What the hub answers a device that asks for a new epoch.</summary>
public abstract record EpochVerdict
{
    private EpochVerdict() { }

    /// <summary>The present epoch: it may go on in it, or an answer that was lost is given again.</summary>
    public sealed record Present : EpochVerdict;

    public sealed record New(string Why) : EpochVerdict;

    /// <summary>Two copies of the device live: an operator must look.</summary>
    public sealed record Cloned(string Detail) : EpochVerdict;
}

/// <summary>What the hub knows when it is asked.</summary>
/// <param name="Given">How the present epoch was given; null: it is the first, or not kept.</param>
/// <param name="EndOfAsked">The last sequence stored of the epoch that the device stands in; 0: none.</param>
/// <param name="KnownThrough">Through here of that epoch the device surely has the same lines as the hub.</param>
public sealed record EpochStanding(DeviceHead Head, EpochGiven? Given, CloneMark Copies, long EndOfAsked, long KnownThrough);

/// <summary>A device that was restored from a backup gets a new epoch by itself: it lacks what the hub has. Two living copies do not:
/// when one got a new epoch, the other comes from an epoch that was left, and holds that epoch's last line, which no store
/// from before the change holds unless it was copied at that very moment.</summary>
public static class EpochRule
{
    public static EpochVerdict Of(EpochStanding at, EpochRequest request, byte[] hash)
    {
        if (WhyOther(at, request, hash) is not { } why)
        {
            return new EpochVerdict.Present();
        }
        if (at.Copies.Stands)
        {
            return new EpochVerdict.Cloned(at.Copies.Detail);
        }
        if (request.Epoch >= at.Head.Epoch)
        {
            return new EpochVerdict.New(why);
        }
        if (at.Head.Seq == 0 && at.Given?.From == request.Epoch)
        {
            return new EpochVerdict.Present();
        }
        var sinceCleared = at.Given is not { } given || given.GivenMilliseconds > at.Copies.ClearedMilliseconds;
        return sinceCleared && HoldsTheEnd(at, request)
            ? new EpochVerdict.Cloned($"a copy lives on in epoch {request.Epoch}, which was left for {at.Head.Epoch}")
            : new EpochVerdict.New(why);
    }

    /// <summary>Why the device cannot go on as it asks; null: it can.</summary>
    private static string? WhyOther(EpochStanding at, EpochRequest request, byte[] hash)
    {
        var head = at.Head;
        if (request.Epoch != head.Epoch)
        {
            return $"the device stands in epoch {request.Epoch}, the hub in {head.Epoch}";
        }
        if (head.Seq > request.Seq)
        {
            return $"the hub has seq {head.Seq}, the device {request.Seq}";
        }
        if (head.Seq == request.Seq)
        {
            return hash.AsSpan().SequenceEqual(head.Hash) ? null : $"other lines up to seq {head.Seq}";
        }
        return head.RefusedCode == Rules.Codes.Fork ? $"a fork was refused behind seq {head.Seq}" : null;
    }

    /// <summary>A device that does not tell its tail is taken at the length of its journal.</summary>
    private static bool HoldsTheEnd(EpochStanding at, EpochRequest request) =>
        at.EndOfAsked > 0 && (request.Tail is null ? request.Seq : Math.Max(request.AckedSeq, at.KnownThrough)) >= at.EndOfAsked;
}
