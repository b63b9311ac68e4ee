using System.Runtime.Versioning;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Data.Sqlite;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class StoreCheckTests
{
    /// <summary>An agent with a tail that the hub has not acknowledged, stopped.</summary>
    private static async Task<Station> WithTail()
    {
        var station = await Station.Start();
        await station.Sync();
        station.Hub.Up = false;
        await station.Treat(1, 160m);
        await station.Treat(2, 50m);
        await station.Close();
        return station;
    }

    private static void Run(Station station, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(station.Folder, "agent.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, "the tampering changed something");
    }

    [Fact]
    public async Task Open_Sound_SaysSoInTheJournal()
    {
        await using var station = await WithTail();
        await station.Open();
        await station.Store.Announce("test");
        Assert.Null(station.Store.Damage);
        station.Hub.Up = true;
        await station.Sync();
        var found = station.Hub.Entries().Last(entry => entry.Head.Kind == Kinds.StoreChecked);
        Assert.Contains("\"result\":\"sound\"", found.Body, StringComparison.Ordinal);
        Assert.Contains("\"unacknowledged\":4", found.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("update journal set sealed = (select sealed from journal where seq = 3) where seq = 6", "does not open")]
    [InlineData("update journal set hash = zeroblob(32) where seq = 5", "chain breaks")]
    [InlineData("delete from journal where seq = 5", "missing")]
    [InlineData("delete from journal where seq = 6", "no signature")]
    [InlineData("update journal set signature = null", "no signature")]
    [InlineData("update journal set signature = zeroblob(64) where signature is not null", "signature")]
    [InlineData("update ack set hash = zeroblob(32)", "acknowledged")]
    [InlineData("update ack set seq = 3", "acknowledged")]
    [InlineData("update settlement set fund = fund + 1, cash = cash - 1 where person = 'P1'", "was altered: fund, cash differ")]
    [InlineData("update settlement set person = 'P9' where person = 'P1'", "was altered: person differ")]
    [InlineData("update settlement set total = 1 where person = 'P2'", "was altered: total differ")]
    [InlineData("update settlement set service_day = '2025-03-01'", "was altered: service_day differ")]
    [InlineData("delete from settlement where person = 'P2'", "its row is missing")]
    public async Task Open_TamperedTail_IsDetectedAndRefusesMoney(string tampering, string words)
    {
        await using var station = await WithTail();
        Run(station, tampering);
        await station.Open();
        Assert.Contains(words, station.Store.Damage, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<StoreException>(() => station.CheckIn(1));
        Assert.Equal(Codes.StoreDamaged, refused.Code);
        var status = await station.Part<StatusReader>().Read();
        Assert.Contains(words, status.Store, StringComparison.Ordinal);
        Assert.Equal(503, Problems.StatusOf(refused.Code));
    }

    [Fact]
    public async Task Open_FileOverwritten_IsDetected()
    {
        await using var station = await WithTail();
        await File.WriteAllBytesAsync(Path.Combine(station.Folder, "agent.db"), new byte[8192]);
        File.Delete(Path.Combine(station.Folder, "agent.db-wal"));
        await station.Open();
        Assert.NotNull(station.Store.Damage);
    }

    [Theory]
    [InlineData("store")]
    [InlineData("lookup")]
    public async Task Open_KeyMissing_IsDetected(string key)
    {
        await using var station = await WithTail();
        File.Delete(Path.Combine(station.Folder, "keys", key + ".key"));
        await station.Open();
        Assert.Contains("keys", station.Store.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_StoreMissingOnAnEnrolledMachine_DoesNotBeginAnew()
    {
        await using var station = await WithTail();
        foreach (var file in Directory.GetFiles(station.Folder, "agent.db*"))
        {
            File.Delete(file);
        }
        await station.Open();
        Assert.Contains("missing", station.Store.Damage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_ASecondTime_IsRefused()
    {
        await using var station = await Station.Start();
        Assert.Throws<StateFolderInUse>(() => StateFolder.Take(station.Folder));
    }

    [Fact]
    public async Task Settle_DiskFullAtTheCommit_NothingHalfWrittenAndItRecovers()
    {
        await using var station = await Station.Start();
        var full = new FullDisk();
        await station.Restart(full);
        await station.Sync();
        var visit = await station.CheckIn(1);
        full.At = StorePoint.Commit;
        var bill = station.Bill(160m);
        Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => station.Settle(visit.Visit, bill))).Code);
        full.At = StorePoint.Statement;
        Assert.Equal(Codes.DiskFull, (await Assert.ThrowsAsync<StoreException>(() => station.Settle(visit.Visit, bill))).Code);
        full.At = null;
        Assert.Null(station.Store.Damage);
        Assert.IsType<LookUp<AnsweredRequest>.Refused>(await station.Part<LookUps>().ByRequestKey(bill.RequestKey!));
        Station.Settled(await station.Settle(visit.Visit, bill));
        await station.Sync();
        Assert.Single(station.Hub.Entries(), entry => entry.Head.Kind == Kinds.VisitSettled);
        await station.Restart();
        Assert.Null(station.Store.Damage);
    }

    [Fact]
    public async Task Cipher_MovedOrChangedBytes_DoNotOpen()
    {
        await Task.CompletedTask;
        using var cipher = new FieldCipher(new byte[32], new byte[32], new SeededEntropy(3));
        var sealedBytes = cipher.Seal("样本", "member/P1");
        Assert.Equal("样本", cipher.OpenText(sealedBytes, "member/P1"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => cipher.Open(sealedBytes, "member/P2"));
        sealedBytes[^1] ^= 1;
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => cipher.Open(sealedBytes, "member/P1"));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => cipher.Open(sealedBytes.AsSpan(0, 10), "member/P1"));
        Assert.NotEqual(cipher.Seal("a", "p"), cipher.Seal("a", "p"));
        Assert.Equal(cipher.LookupOf("id", "12x"), cipher.LookupOf("id", " 12X"));
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public async Task Keys_OnThisPlatform_AreTheOwnersAlone()
    {
        await using var station = await Station.Start();
        var files = Directory.GetFiles(Path.Combine(station.Folder, "keys"));
        Assert.Equal(4, files.Length);
        foreach (var file in files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
