using System.Globalization;
using EdgeHub.Rules;
using EdgeHub.Rules.Benefit;

namespace EdgeHub.Agent.Settlement;

/// <summary>Checks of single values that a caller gave. Each adds its fault by the field's name.</summary>
public static class Given
{
    public const int KeyCharacters = 64;
    public const int NameCharacters = 60;
    public const int ReasonCharacters = 200;
    public const int DiseaseCharacters = 32;
    public const int Diagnoses = 20;

    /// <summary>A text that is needed, without control characters.</summary>
    public static string Text(string? value, string field, int longest, List<Fault> faults)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
        {
            faults.Add(new Fault(Codes.Missing, field, "", "a text"));
        }
        else if (text.Length > longest)
        {
            faults.Add(new Fault(Codes.TooLong, field, text.Length.ToString(CultureInfo.InvariantCulture), $"at most {longest} characters"));
        }
        else if (text.Any(char.IsControl))
        {
            faults.Add(new Fault(Codes.BadCharacter, field, "", "a text without control characters"));
        }
        return text;
    }

    public static int Ordinal(int? value, List<Fault> faults)
    {
        var ordinal = value ?? 1;
        if (ordinal is < 1 or > 99)
        {
            faults.Add(new Fault(Codes.BadNumber, "ordinal", ordinal.ToString(CultureInfo.InvariantCulture), "1 to 99"));
        }
        return ordinal;
    }

    public static IReadOnlyList<string> DiagnosisCodes(IReadOnlyList<string>? values, List<Fault> faults)
    {
        if (values is null || values.Count == 0)
        {
            faults.Add(new Fault(Codes.Missing, "diagnoses", "", "at least one code of a diagnosis"));
            return [];
        }
        if (values.Count > Diagnoses)
        {
            faults.Add(new Fault(Codes.TooMany, "diagnoses", values.Count.ToString(CultureInfo.InvariantCulture), $"at most {Diagnoses}"));
            return [];
        }
        return [.. values.Select((code, i) => Text(code, string.Create(CultureInfo.InvariantCulture, $"diagnoses[{i + 1}]"), 32, faults))];
    }

    /// <summary>How the patient came; not needed where nothing is said. Source: Z30.</summary>
    public static Referral Referral(string? value, List<Fault> faults)
    {
        var text = value?.Trim() ?? nameof(EdgeHub.Rules.Benefit.Referral.NotNeeded);
        if (Enum.TryParse<Referral>(text, ignoreCase: true, out var referral) && Enum.GetNames<Referral>().Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return referral;
        }
        faults.Add(new Fault(Codes.UnknownCode, "referral", text, "NotNeeded, Regular or Irregular"));
        return default;
    }

    /// <summary>A referral as it counts for the request's content: that none was needed is the same as to say nothing.</summary>
    public static string? NeededReferral(string? value) =>
        string.Equals(value?.Trim(), nameof(EdgeHub.Rules.Benefit.Referral.NotNeeded), StringComparison.OrdinalIgnoreCase) ? null : value;

    /// <summary>The day that decides. An outpatient visit was on the day of its check-in and on no other; a stay ends on a day from
    /// check-in to today, today when not given.</summary>
    public static DateOnly ServiceDay(DateOnly? value, DateOnly checkIn, DateOnly today, bool inpatient, List<Fault> faults)
    {
        var last = inpatient && today > checkIn ? today : checkIn;
        var day = value ?? last;
        if (day < checkIn || day > last)
        {
            faults.Add(new Fault(Codes.BadDate, "serviceDay", Article.Written(day), last == checkIn
                ? $"the day of the check-in, {Article.Written(checkIn)}"
                : $"from check-in to today, {Article.Written(checkIn)} to {Article.Written(last)}"));
        }
        return day;
    }
}
