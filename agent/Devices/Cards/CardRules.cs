namespace EdgeHub.Agent.Devices.Cards;

/// <summary>What a site demands of a card beside that it can be read.</summary>
/// <param name="Areas">Beginnings of the area codes whose cards are taken, for example 530924 or 53; empty: any.</param>
/// <param name="TakeExpired">The day of expiry is shown and counts for nothing.</param>
public sealed record CardRules(IReadOnlyList<string> Areas, bool TakeExpired = false)
{
    public static readonly CardRules Any = new([]);

    /// <summary>Why the card is not taken; null: it is. Its last day counts as valid.</summary>
    /// <param name="today">The clinic's day.</param>
    public DeviceError? Wrong(CardRead card, DateOnly today)
    {
        if (!TakeExpired && card.Expires < today)
        {
            return new DeviceError(DeviceErrorCode.CardExpired);
        }
        return Areas.Count > 0 && !(card.IssuerArea is { } area && Areas.Any(each => area.StartsWith(each, StringComparison.Ordinal)))
            ? new DeviceError(DeviceErrorCode.CardWrongArea, card.IssuerArea ?? "no area")
            : null;
    }
}
