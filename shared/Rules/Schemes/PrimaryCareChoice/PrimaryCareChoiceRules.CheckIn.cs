using static EdgeHub.Rules.Schemes.PrimaryCareChoice.PrimaryCareChoiceArticles;

namespace EdgeHub.Rules.Schemes.PrimaryCareChoice;

/// <summary>This part: digital channels, self check-in and the high-cost protection.</summary>
public static partial class PrimaryCareChoiceRules
{
    /// <summary>Whether a contact by this channel is a visit, as payment and continuity count it: met in person or by video. The others
    /// are recorded with their channel and profession and count as contacts. Source: Vad är det för digital teknik.</summary>
    public static Cited<bool> IsVisit(Channel channel) => O06.Gives(channel is Channel.Physical or Channel.Home or Channel.Video, ("channel", channel));

    /// <summary>Whether a profession answers in the digital clinic's chat: nurses, psychologists and doctors. Source: Vårdcentralernas
    /// digitala mottagning.</summary>
    public static Cited<bool> AnswersChat(Profession profession) => O06.Gives(
        profession is Profession.Nurse or Profession.Psychologist or Profession.Doctor, ("profession", profession));

    /// <summary>Contacts by channel and profession, in their order; together they are all contacts. Source: Vad är det för digital
    /// teknik; Digitalt språng.</summary>
    public static Cited<IReadOnlyList<(Channel Channel, Profession Profession, int Count)>> CountContacts(IReadOnlyList<CareContact> contacts) =>
        O06.Gives<IReadOnlyList<(Channel, Profession, int)>>(
            [.. contacts.GroupBy(each => (each.Channel, each.Profession)).OrderBy(same => same.Key).Select(same => (same.Key.Channel, same.Key.Profession, same.Count()))],
            contacts.CountAs("contacts"));

    /// <summary>What the kiosk answers: a patient with a booked time checks in from so many minutes before it to so many after, both
    /// moments included, once for a visit; everybody else is shown to reception. Source: Självincheckning; the window is public
    /// Swedish practice.</summary>
    /// <param name="booked">The booked time; null: no booking.</param>
    public static Cited<CheckInResult> CheckIn(DateTimeOffset? booked, DateTimeOffset now, bool isCheckedIn, int minutesBefore, int minutesAfter)
    {
        var opens = booked?.AddTicks(-minutesBefore * TimeSpan.TicksPerMinute);
        var closes = booked?.AddTicks(minutesAfter * TimeSpan.TicksPerMinute);
        var answer = booked is null ? CheckInAnswer.NoBooking
            : isCheckedIn ? CheckInAnswer.AlreadyCheckedIn
            : now < opens ? CheckInAnswer.TooEarly
            : now > closes ? CheckInAnswer.TooLate : CheckInAnswer.CheckedIn;
        return O07.Gives(new CheckInResult(answer, opens, closes),
            ("booked", booked), ("now", now), ("is checked in", isCheckedIn), ("minutes before", minutesBefore), ("minutes after", minutesAfter));
    }

    /// <summary>The state of a booked visit after a step. Source: Självincheckning.</summary>
    /// <exception cref="FaultException">The step is not in the table.</exception>
    public static Cited<VisitState> VisitGoes(VisitState from, VisitState to) => O07.Gives(PrimaryCareChoiceStates.Visit.Go(from, to), ("from", from), ("to", to));

    /// <summary>A visit's fee under the high-cost protection, which the kiosk shows as the free card: the period begins on the day of
    /// the first visit with a fee and lasts twelve months; within it the fees sum to the cap at most, then visits are free; the first
    /// visit after it begins another. The order in which earlier fees are given is irrelevant. Source: Självincheckning (public
    /// practice); hälso- och sjukvårdslagen (2017:30) 17 kap. 6 §.</summary>
    /// <param name="earlier">Fees paid for visits before this one.</param>
    /// <param name="cap">As it holds on the first day of the period.</param>
    /// <exception cref="FaultException">A negative fee, or an earlier one after the day.</exception>
    public static Cited<ProtectedFee> FeeUnderProtection(IReadOnlyList<PaidFee> earlier, DateOnly day, Money fee, Money cap, int months)
    {
        NotNegative("fee", fee);
        NotNegative("cap", cap);
        if (earlier.FirstOrDefault(each => each.Day > day || each.Amount.IsNegative) is { } wrong)
        {
            throw Wrong(Codes.BadDate, "earlier", Article.Written(wrong.Day), $"fees of zero or more, paid by {Article.Written(day)}");
        }
        var (first, paid) = (day, Money.Zero(fee.Currency));
        foreach (var each in earlier.Where(each => each.Amount.IsPositive).OrderBy(each => each.Day))
        {
            var isNew = paid.IsZero || each.Day >= first.AddMonths(months);
            first = isNew ? each.Day : first;
            paid = isNew ? each.Amount : paid + each.Amount;
        }
        if (paid.IsZero || day >= first.AddMonths(months))
        {
            (first, paid) = (day, Money.Zero(fee.Currency));
        }
        var toPay = Money.Min(fee, (cap - paid).NotBelowZero());
        return O07.Gives(new ProtectedFee(first, first.AddMonths(months), paid, toPay, paid + toPay >= cap),
            ("day", day), ("fee", fee), ("cap", cap), ("months", months), earlier.CountAs("earlier fees"));
    }
}
