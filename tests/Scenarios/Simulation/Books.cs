using System.Globalization;
using EdgeHub.Hub.Feeds;
using EdgeHub.Rules;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>The policy books of a run: one row, whose rate changes from a day on; loaded ahead of that day, or let loose behind it as a run
/// that was looked at first.</summary>
internal sealed class Books(World world, Func<string[], (int Code, string Words)> command)
{
    private const int Most = 6;
    private static readonly string[] Rates = ["0.5", "0.55", "0.65", "0.7"];
    private readonly List<(int Version, DateOnly KnownFrom, decimal Rate, FileInfo File)> _all = [];

    private static DateOnly First => new(2024, 12, 20);

    public decimal RateOf(int version) => _all.Single(book => book.Version == version).Rate;

    /// <summary>Of the newest book that was known on a day, among those that hold.</summary>
    public decimal RateKnownOn(DateOnly day) => KnownOn(day).Rate;

    /// <summary>Of that book, as a decision names it.</summary>
    public string NameKnownOn(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"sim-2025/{KnownOn(day).Version}");

    private (int Version, DateOnly KnownFrom, decimal Rate, FileInfo File) KnownOn(DateOnly day)
    {
        var held = world.Hub.Query<long>("select cast(book_version as bigint) from policy_book").ToHashSet();
        return _all.Where(book => held.Contains(book.Version) && (book.KnownFrom <= day || book.Version == 1)).MaxBy(book => book.KnownFrom);
    }

    public void Begin() => Load(Made(First, "0.6"));

    /// <summary>A new book, known from some days ahead, or from some days ago.</summary>
    public void Act()
    {
        var day = DateOnly.FromDateTime(world.Time.Now.UtcDateTime.AddHours(8)).AddDays(world.Chance.OneIn(3) ? -world.Chance.Below(12) : 2 + world.Chance.Below(8));
        if (_all.Count < Most && !_all.Exists(book => book.KnownFrom == day) && day > First)
        {
            Load(Made(day, world.Chance.Of(Rates)));
        }
    }

    /// <summary>A new book that is known from so many days ahead, or ago, or the one of that day once more; a story's.</summary>
    public void Add(int days, string rate)
    {
        var day = DateOnly.FromDateTime(world.Time.Now.UtcDateTime.AddHours(8)).AddDays(days);
        Load(_all.Exists(book => book.KnownFrom == day) ? _all.Single(book => book.KnownFrom == day) : Made(day, rate));
    }

    /// <summary>What a restored hub does not have any more is loaded again.</summary>
    public void LoadAgain()
    {
        var held = world.Hub.Query<long>("select cast(book_version as bigint) from policy_book").ToHashSet();
        foreach (var book in _all.Where(each => !held.Contains(each.Version)).ToList())
        {
            Load(book);
        }
    }

    private (int Version, DateOnly KnownFrom, decimal Rate, FileInfo File) Made(DateOnly knownFrom, string rate)
    {
        var version = _all.Count + 1;
        var file = new FileInfo(Path.Combine(world.Folder, $"book-{version}.json"));
        File.WriteAllText(file.FullName, Text(version, knownFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), rate));
        var book = (version, knownFrom, decimal.Parse(rate, CultureInfo.InvariantCulture), file);
        _all.Add(book);
        return book;
    }

    private void Load((int Version, DateOnly KnownFrom, decimal Rate, FileInfo File) book)
    {
        try
        {
            world.Hub.Do("book", hub => PolicyFile.Load(hub.Store, PolicyFile.Read(book.File)));
            world.Note($"book {book.Version} known from {book.KnownFrom} is loaded");
            world.Coverage.Hit("book", "none", "up");
        }
        catch (FaultException retroactive) when (retroactive.Faults[0].Code == Codes.BadDate)
        {
            var (_, words) = command(["policy", "retro", "prepare", "--file", book.File.FullName]);
            var run = words.Split(' ', ':') is ["run", var number, ..] ? number : "";
            var (code, said) = run.Length > 0 ? command(["policy", "retro", "release", "--run", run, "--operator", "clerk", "--why", "as decided"]) : (-1, words);
            if (code != 0 && run.Length > 0)
            {
                command(["policy", "retro", "cancel", "--run", run, "--operator", "clerk", "--why", "not today"]);
            }
            world.Note($"book {book.Version} known from {book.KnownFrom} is retroactive: {code} {said.Split('\n')[0]}");
            world.Coverage.Hit("book", code == 0 ? "let loose behind its day" : "run refused", "up");
        }
    }

    public static string Text(int version, string knownFrom, string rate) => $$"""
        {"id":"sim-2025","version":{{version}},"region":"{{Reference.Region}}","currency":"CNY","first":"2025-01-01","last":"2025-12-31","knownFrom":"{{knownFrom}}",
         "source":"sample","covers":[],"rows":["pooling_area,insurance_type,visit_type,out_of_area,level,institution_type,person_type,age_from,age_to,disease,first,last,deductible_mode,deductible,fund_rate,daily_cap,annual_cap,catastrophic_threshold,catastrophic_tiers,catastrophic_cap,assistance_threshold,assistance_rate,assistance_cap",
         "{{Reference.Region}},,,,,,,,,,2025-01-01,2025-12-31,year,100.00,{{rate}},,400.00,200.00,*:0.5,,300.00,0.4,"]}
        """;
}
