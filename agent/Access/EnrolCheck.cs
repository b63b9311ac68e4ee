using System.Globalization;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Access;

/// <summary>Whether what enrolment told can be lived with. It is kept for good, so it is looked at before.</summary>
public static class EnrolCheck
{
    private const int MostCharacters = 200;
    private const int MostVillages = 2_000;
    private const int HighestLevel = 3;

    /// <exception cref="HubUnreachable">A value is missing or cannot be; the message names it. Nothing was kept.</exception>
    public static void Demand(EnrolAnswer answer)
    {
        (string Name, string? Value)[] words =
        [
            ("region", answer.Region), ("site", answer.Site), ("device", answer.Device), ("institution", answer.Institution),
            ("institutionName", answer.InstitutionName), ("institutionType", answer.InstitutionType), ("timeZone", answer.TimeZone), ("hubKey", answer.HubKey),
        ];
        var blank = words.FirstOrDefault(word => string.IsNullOrWhiteSpace(word.Value) || (word.Name != "hubKey" && word.Value.Length > MostCharacters)).Name;
        var wrong =
            blank is not null ? $"{blank}: missing or too long"
            : answer.Epoch < 1 ? string.Create(CultureInfo.InvariantCulture, $"epoch: {answer.Epoch}, expected 1 or more")
            : answer.InstitutionLevel is < 0 or > HighestLevel ? string.Create(CultureInfo.InvariantCulture, $"institutionLevel: {answer.InstitutionLevel}, expected 0 to {HighestLevel}")
            : answer.Villages is null || answer.Villages.Count > MostVillages || answer.Villages.Any(string.IsNullOrWhiteSpace) ? "villages: missing, too many, or a blank one"
            : !IsKey(answer.HubKey) ? "hubKey: expected a public key on P-256 (SubjectPublicKeyInfo, base64)"
            : answer.HandKey is { } hand && hand.Read(answer.Region, Convert.FromBase64String(answer.HubKey)) is null ? "handKey: not signed by this hub"
            : !TimeZoneInfo.TryFindSystemTimeZoneById(answer.TimeZone, out _) ? $"timeZone: {answer.TimeZone} is not known to this machine"
            : null;
        if (wrong is not null)
        {
            throw new HubUnreachable("what answered is not a hub that can be used: " + wrong);
        }
    }

    private static bool IsKey(string text)
    {
        var key = new byte[MostCharacters * 2];
        return Convert.TryFromBase64String(text, key, out var length) && EcdsaKeys.IsPublicKey(key.AsSpan(0, length));
    }
}
