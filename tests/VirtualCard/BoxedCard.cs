namespace EdgeHub.Tests.VirtualCard;

/// <summary>A card in the box, and what it is.</summary>
/// <param name="Kind">good, expired, blocked, mute (does not answer), unknown (no social security card).</param>
public sealed record BoxedCard(string Label, string Kind, CardFacts Facts)
{
    private const ushort ApplicationBlocked = 0x6283;
    private static readonly byte[] NotFound = [0x6A, 0x82];

    /// <summary>One line of a file: label|kind|card number|identity number|name|area.</summary>
    /// <exception cref="FormatException">Another number of parts, or an unknown kind.</exception>
    public static BoxedCard Read(string line)
    {
        if (line.Split('|') is not [var label, var kind, var card, var id, var name, var area] || kind is not ("good" or "expired" or "blocked" or "mute" or "unknown"))
        {
            throw new FormatException($"\"{line}\": label|kind|card number|identity number|name|area would be right; kinds: good, expired, blocked, mute, unknown.");
        }
        var facts = new CardFacts { CardNumber = card, IdNumber = id, Name = name, Area = area };
        return new BoxedCard(label, kind, kind switch
        {
            "expired" => facts with { Expires = "20200101" },
            "blocked" => facts with { SelectStatus = ApplicationBlocked },
            _ => facts,
        });
    }

    /// <summary>A fresh card in a slot of vpcd.</summary>
    public VpcdPlug Insert(int port) => Kind switch
    {
        "unknown" => new VpcdPlug(port, _ => NotFound, SocialSecurityCard.SampleAtr),
        "mute" => new VpcdPlug(port, _ => [0x6F, 0x00], SocialSecurityCard.SampleAtr),
        _ => new VpcdPlug(port, new SocialSecurityCard(Facts)),
    };
}
