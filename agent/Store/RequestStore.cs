using System.Security.Cryptography;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Store;

/// <summary>A request that was answered: what it asked, and the answer's exact bytes.</summary>
public sealed record AnsweredRequest(string Operation, byte[] ContentHash, byte[] Answer, string At)
{
    public bool IsFor(string operation, byte[] contentHash) =>
        Operation == operation && CryptographicOperations.FixedTimeEquals(ContentHash, contentHash);
}

/// <summary>Answers by the caller's own id, written in the transaction of what they tell: packed, then sealed.</summary>
public sealed class RequestStore(FieldCipher cipher)
{
    public void Add(StoreSession session, string requestKey, string operation, byte[] contentHash, byte[] answer, DateTimeOffset at) =>
        session.Prepared("insert into request (request_key, operation, content_hash, sealed, at, packed) values ($1, $2, $3, $4, $5, true)")
            .Execute(requestKey, operation, contentHash, cipher.Seal(PackedText.Answers.Pack(answer), Place(requestKey)), at);

    /// <summary>Keeps an answer that was found in a damaged store, where it opens as this key's.</summary>
    public void Keep(StoreSession session, string requestKey, string operation, byte[] contentHash, byte[] sealedAnswer, string at, bool packed)
    {
        try
        {
            cipher.Open(sealedAnswer, Place(requestKey));
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
        using var row = session.Prepared("select operation, content_hash, sealed, at, packed from request where request_key = $1").Read(requestKey);
        if (!row.Read())
        {
            return null;
        }
        var opened = cipher.Open((byte[])row[2], Place(requestKey));
        return new AnsweredRequest(row.GetString(0), (byte[])row[1], row.GetBoolean(4) ? PackedText.Answers.Unpack(opened) : opened, row.GetString(3));
    }

    private static string Place(string requestKey) => "request/" + requestKey;
}
