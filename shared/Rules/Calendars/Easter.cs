namespace EdgeHub.Rules.Calendars;

/// <summary>Easter Sunday of the Gregorian calendar.</summary>
public static class Easter
{
    /// <summary>The Sunday after the first full moon of the church's tables on or after 21 March (the anonymous Gregorian
    /// computus, Nature 1876).</summary>
    public static DateOnly Sunday(int year)
    {
        var golden = year % 19;
        var (century, ofCentury) = Math.DivRem(year, 100);
        var (leapCenturies, centuryRest) = Math.DivRem(century, 4);
        var moonShift = (century - ((century + 8) / 25) + 1) / 3;
        var epact = ((19 * golden) + century - leapCenturies - moonShift + 15) % 30;
        var (leaps, yearRest) = Math.DivRem(ofCentury, 4);
        var toSunday = (32 + (2 * centuryRest) + (2 * leaps) - epact - yearRest) % 7;
        var late = (golden + (11 * epact) + (22 * toSunday)) / 451;
        var (month, day) = Math.DivRem(epact + toSunday - (7 * late) + 114, 31);
        return new DateOnly(year, month, day + 1);
    }
}
