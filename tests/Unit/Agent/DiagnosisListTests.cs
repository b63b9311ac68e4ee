using EdgeHub.Agent.Desk;
using EdgeHub.Agent.Store;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>The national list of diagnoses, made once for the tests of this class.</summary>
public sealed class DiagnosisListTests(DiagnosisListTests.Made made) : IClassFixture<DiagnosisListTests.Made>
{
    [Theory]
    [InlineData("I10", "I10.x")]
    [InlineData("i10.", "I10.x")]
    [InlineData("E10.000x0", "E10.000x001")]
    public void Search_ByCode_FindsWhatBeginsWithIt(string typed, string first) =>
        Assert.StartsWith(first, made.Lists.Search(typed, 12)[0].Code, StringComparison.Ordinal);

    [Theory]
    [InlineData("gxy", "高血压")]
    [InlineData("高血压", "高血压")]
    [InlineData("急性上呼吸道感染", "急性上呼吸道感染")]
    [InlineData("JXSHXDGR", "急性上呼吸道感染")]
    public void Search_ByNameOrInitials_FindsTheShortestFirst(string typed, string title)
    {
        var found = made.Lists.Search(typed, 12);
        Assert.Contains(found, each => each.Title.StartsWith(title, StringComparison.Ordinal));
        Assert.InRange(found.Count, 1, 12);
    }

    [Fact]
    public void Search_InTheMiddleOfATitle_FindsItToo() => Assert.Contains(made.Lists.Search("糖尿病性酮症", 12), each => each.Title.Contains("糖尿病性酮症", StringComparison.Ordinal));

    [Theory]
    [InlineData("")]
    [InlineData("%%")]
    [InlineData("zzzzzzzz")]
    [InlineData("';drop table diagnosis")]
    public void Search_WhatIsNowhere_FindsNothing(string typed) => Assert.Empty(made.Lists.Search(typed, 12));

    [Fact]
    public void List_HasEveryCodeOnce_WithInitialsForEachTitle()
    {
        Assert.Equal("糖尿病", made.Lists.Find("E14.900x001")?.Title);
        Assert.Null(made.Lists.Find("E14.900X001"));
        Assert.Equal(33_304, made.Lists.Search("", 1).Count + made.Count());
    }

    [Fact]
    public void Prepare_ADamagedFile_MakesItAnew()
    {
        var folder = Station.NewFolder();
        try
        {
            var file = Path.Combine(folder, "lists.db");
            File.WriteAllText(file, new string('x', 8_192));
            using var lists = new ListStore(file);
            Assert.Empty(lists.Search("I10", 3));
            lists.Prepare();
            Assert.NotEmpty(lists.Search("I10", 3));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Diagnoses_ChosenHereBefore_ComeFirst()
    {
        await using var station = await Station.Start();
        station.Part<ListStore>().Prepare();
        var (search, drafts) = (station.Part<DeskSearch>(), station.Part<BillDrafts>());
        Assert.Empty(await search.Diagnoses(""));
        var visit = (await station.CheckIn(1)).Visit;
        var rare = station.Part<ListStore>().Search("高血压", 12)[^1];
        Assert.Null((await drafts.Save(new DraftGiven(visit, 1, 0, null, null, null, true, null, new DraftStep.AddDiagnosis(rare.Code)))).Why);
        var found = await search.Diagnoses("高血压");
        Assert.Equal((rare.Code, true), (found[0].Code, found[0].IsFavourite));
        Assert.Equal(found.Count, found.Select(each => each.Code).Distinct().Count());
        Assert.Equal(rare.Code, Assert.Single(await search.Diagnoses(" ")).Code);
        var unknown = await drafts.Save(new DraftGiven(visit, 1, 1, null, null, null, true, null, new DraftStep.AddDiagnosis("Q99.999x999")));
        Assert.Equal("diagnosis", unknown.Why!.Faults[0].Field);
    }

    [Fact]
    public async Task Items_ByCodeNameAndInitials_AreThoseOfToday()
    {
        await using var station = await Station.Start();
        var search = station.Part<DeskSearch>();
        Assert.Equal("A1", (await search.Items("jly"))[0].Code);
        Assert.Equal("B1", (await search.Items("乙类"))[0].Code);
        Assert.Empty(await search.Items("OLD"));
    }

    public sealed class Made : IDisposable
    {
        private readonly string _folder = Station.NewFolder();

        public Made()
        {
            Lists = new ListStore(Path.Combine(_folder, "lists.db"));
            Lists.Prepare();
        }

        public ListStore Lists { get; }

        public int Count() => EdgeHub.Sync.Stores.SqliteStore.ReadFrom(Path.Combine(_folder, "lists.db"), session =>
            (int)session.ExecuteScalar<long>("select count(*) from diagnosis where pinyin <> ''"));

        public void Dispose()
        {
            Lists.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
