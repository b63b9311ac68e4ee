namespace EdgeHub.Hub.Settlement;

/// <summary>What is owed to a person, or was paid out, by the payers that owe it, in minor units. The account is never among them: it pays
/// at most what was taken of it at the counter. Where only a part is taken, the fund's comes first, then catastrophic insurance's, then
/// assistance's, as <see cref="WhoBears"/> lets them owe. Source: Z2, Z4.</summary>
public sealed record OwedParts(long Fund, long Catastrophic, long Assistance)
{
    public static readonly OwedParts Nothing = new(0, 0, 0);

    public long Total => checked(Fund + Catastrophic + Assistance);

    public static OwedParts Of(Borne borne) => new(borne.Fund.Owed, borne.Catastrophic.Owed, borne.Assistance.Owed);

    public static OwedParts operator +(OwedParts a, OwedParts b) =>
        checked(new(a.Fund + b.Fund, a.Catastrophic + b.Catastrophic, a.Assistance + b.Assistance));

    public static OwedParts operator -(OwedParts a, OwedParts b) =>
        checked(new(a.Fund - b.Fund, a.Catastrophic - b.Catastrophic, a.Assistance - b.Assistance));

    /// <summary>The greater one of each payer.</summary>
    public OwedParts Or(OwedParts other) =>
        new(Math.Max(Fund, other.Fund), Math.Max(Catastrophic, other.Catastrophic), Math.Max(Assistance, other.Assistance));

    /// <summary>The first so many minor units of it.</summary>
    /// <exception cref="InvalidOperationException">It is not so much.</exception>
    public OwedParts First(long fen)
    {
        if (fen < 0 || fen > Total)
        {
            throw new InvalidOperationException($"{fen} cannot be taken of {this}.");
        }
        var ofFund = Math.Min(fen, Fund);
        var ofCatastrophic = Math.Min(fen - ofFund, Catastrophic);
        return new OwedParts(ofFund, ofCatastrophic, fen - ofFund - ofCatastrophic);
    }

    /// <summary>Who pays so much that sites paid out: those who owe it now, as far as they do; what was paid beyond that (a payable
    /// that shrank after it was paid) is advanced by those who once owed more than now, until the person gives it back.</summary>
    /// <param name="ceilings">What each payer owes now, then what each once owed: the next one counts for what is beyond those before.</param>
    /// <exception cref="InvalidOperationException">So much was never owed.</exception>
    public static OwedParts Bearing(long credited, IReadOnlyList<OwedParts> ceilings)
    {
        var (borne, room) = (Nothing, Nothing);
        foreach (var ceiling in ceilings)
        {
            var more = room.Or(ceiling) - room;
            borne += more.First(Math.Min(credited - borne.Total, more.Total));
            room += more;
        }
        return borne.Total == credited ? borne : throw new InvalidOperationException($"{credited} were credited; at most {room} were ever owed.");
    }
}
