using System.Security.Cryptography;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A request that was answered: what it asked, and the answer's exact bytes.</summary>
public sealed record AnsweredRequest(string Operation, byte[] ContentHash, byte[] Answer)
{
    public bool IsFor(string operation, byte[] contentHash) =>
        Operation == operation && CryptographicOperations.FixedTimeEquals(ContentHash, contentHash);
}

/// <summary>An answer as it is to be kept, not sealed yet.</summary>
public sealed record KeptAnswer(string RequestKey, string Operation, byte[] ContentHash, byte[] Answer)
{
    /// <summary>Packed, then sealed, bound to the request's key.</summary>
    public byte[] Sealed(FieldCipher cipher) => cipher.Seal(PackedText.Answers.Pack(Answer), PlaceOf(RequestKey));

    public static string PlaceOf(string requestKey) => "request/" + requestKey;
}

/// <summary>Answers by the caller's own id, written in the transaction of what they tell: beside the line that the request made. The table
/// "request" holds what was answered before lines held it, and what a recovery found.</summary>
public sealed class RequestStore(FieldCipher cipher, JournalStore journal)
{
    public void Add(StoreSession session, string requestKey, string operation, byte[] contentHash, byte[] answer, DateTimeOffset at)
    {
        var kept = new KeptAnswer(requestKey, operation, contentHash, answer);
        if (!journal.Answer(session, kept))
        {
            session.Prepared("insert into request (request_key, operation, content_hash, sealed, at, packed) values ($1, $2, $3, $4, $5, true)")
                .Execute(requestKey, operation, contentHash, kept.Sealed(cipher), at);
        }
    }

    /// <summary>Keeps an answer that was found in a damaged store, where it opens as this key's.</summary>
    public void Keep(StoreSession session, string requestKey, string operation, byte[] contentHash, byte[] sealedAnswer, string at, bool packed)
    {
        try
        {
            cipher.Open(sealedAnswer, KeptAnswer.PlaceOf(requestKey));
        }
        catch (CryptographicException)
        {
            // Not an answer, or altered: who asks by the key is told that it is unknown, and the business key stops a second settlement.
            return;
        }
        session.Prepared("insert into request (request_key, operation, content_hash, sealed, at, packed) values ($1, $2, $3, $4, $5, $6) on conflict (request_key) do nothing")
            .Execute(requestKey, operation, contentHash, sealedAnswer, at, packed);
    }

    public AnsweredRequest? Find(StoreSession session, string requestKey)
    {
        journal.PutWaiting(session);
        using var row = session.Prepared("""
            select operation, content_hash, answer, true from journal where request_key = $1
            union all select operation, content_hash, sealed, packed from request where request_key = $1
            """).Read(requestKey);
        if (!row.Read())
        {
            return null;
        }
        var opened = cipher.Open((byte[])row[2], KeptAnswer.PlaceOf(requestKey));
        return new AnsweredRequest(row.GetString(0), (byte[])row[1], row.GetBoolean(3) ? PackedText.Answers.Unpack(opened) : opened);
    }
}
