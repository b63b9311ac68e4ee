using System.Security.Cryptography;
using System.Text;
using EdgeHub.Hub.AuditTrail;
using EdgeHub.Hub.Jobs;
using EdgeHub.Hub.Store;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Checker;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub.AuditTrail;

/// <summary>An export of a hub with real journals is accepted by the checker, which knows nothing of us; whatever is spoiled in it is named.</summary>
public sealed class AuditExportTests : IClassFixture<ExportedLab>, IDisposable
{
    private readonly SettlementLab _lab;
    private readonly HubStore _hub;
    private readonly ExportedLab _exported;
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-export-").FullName;
    private readonly string _out;

    public AuditExportTests(ExportedLab exported)
    {
        (_exported, _lab, _hub) = (exported, exported.Lab, exported.Hub);
        _out = Path.Combine(_folder, "out");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Checker_OfAWholeExport_AgreesAndSaysWhatItChecked()
    {
        var exported = Export();

        var (code, output, errors) = Check("--key", _hub.Keys.Signer.KeyId);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Everything agrees.", output, StringComparison.Ordinal);
        Assert.Equal((5L, 8L, 7L), (exported.Batches, exported.Settlements, exported.Sets));
        Assert.Matches(@"\b1  closings", output);
        Assert.Matches(@"\b8  decisions against the ledger", output);
        Assert.Matches(@"\b2  refunds against those who owe them", output);
        Assert.NotEmpty(_lab.Query<string>("select cause from ledger_set where corrects is not null"));
        Assert.Equal(["Reimbursement Stands Adjusted", "Remainder Stands Accepted", "Settled Reversed Accepted"], _lab.Query<string>(
            "select f.kind || ' ' || f.standing || ' ' || d.status from settlement_fact f join decision d on d.decision = f.decision where f.person like '%2' order by 1"));
    }

    [Theory]
    [InlineData("2025-03", "2025-03", 2)]
    [InlineData("2025-04", null, 3)]
    [InlineData(null, "2025-03", 2)]
    public void Checker_OfSomeMonths_Agrees(string? from, string? through, long batches)
    {
        Assert.Equal(batches, AuditExport.Write(_hub, new DirectoryInfo(_out), AuditRange.Of(from, through)).Batches);

        Assert.Equal((0, ""), (Check().Code, Check().Errors));
    }

    /// <summary>One byte of a file of each kind: the signed manifest names the file.</summary>
    [Theory]
    [InlineData("segments/00001-0001.bin")]
    [InlineData("segments.csv")]
    [InlineData("devices.csv")]
    [InlineData("settings.csv")]
    [InlineData("settlements.csv")]
    [InlineData("decisions.csv")]
    [InlineData("aside.csv")]
    [InlineData("ledger_sets.csv")]
    [InlineData("ledger_legs.csv")]
    [InlineData("ledger_balances.csv")]
    [InlineData("closings.csv")]
    [InlineData("closing_totals.csv")]
    [InlineData("README.txt")]
    [InlineData("manifest.csv")]
    [InlineData("manifest.sig")]
    public void Checker_OneByteSpoiled_NamesTheFile(string name)
    {
        Export();
        var path = Path.Combine(_out, name);
        var whole = File.ReadAllBytes(path);
        foreach (var at in (int[])[0, whole.Length / 3, whole.Length / 2, whole.Length - 2])
        {
            foreach (var bit in (byte[])[1, 0x20, 0x80])
            {
                var bytes = whole.ToArray();
                bytes[at] ^= bit;
                File.WriteAllBytes(path, bytes);

                var (code, _, errors) = Check();

                Assert.Equal(1, code);
                Assert.Contains(name, errors, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>A hub that lies and signs its lie: the substance gives it away.</summary>
    [Theory]
    [InlineData("settlements.csv", ",3000,0,0,0,12000,", ",3100,0,0,0,11900,", "the claim of line 1/1/1")]
    [InlineData("settlements.csv", ",Reversed,", ",Stands,", "expected Reversed by the lines")]
    [InlineData("decisions.csv", ",Accepted,,,B9,", ",Refused,Lie,,B9,", "gives the site: expected 0; found 3000")]
    [InlineData("decisions.csv", ",6000,Person,", ",5000,Person,", "difference: expected 6000; found 5000")]
    [InlineData("ledger_legs.csv", ",SettledPool,530924100201,CountyPackage,2025,3000,", ",SettledPool,530924100201,CountyPackage,2025,3001,", "expected 0; found 1")]
    [InlineData("ledger_legs.csv", ",PayableTo,", ",Suspense,", "movement of")]
    [InlineData("ledger_legs.csv", ",SettledCatastrophic,530924100201,CountyPackage,2025,2000,", ",SettledPool,530924100201,CountyPackage,2025,2000,", "on SettledPool: expected 30000; found 32000")]
    [InlineData("ledger_legs.csv", ",SettledCatastrophic,530924100201,CountyPackage,2025,2000,", ",Suspense,530924100201,CountyPackage,2025,2000,", "on SettledCatastrophic: expected 2000; found 0")]
    [InlineData("ledger_sets.csv", "refund/00000000-0000-0000-0000-00000000000d", "refund/00000000-0000-0000-0000-00000000000e", "expected a line that paid it out")]
    [InlineData("ledger_sets.csv", "settlement/1/1/1", "settlement/9/1/1", "gives the site: expected 3000; found 0")]
    [InlineData("ledger_sets.csv", ",2025-03-04,2025-03-31,2025-03,", ",2025-03-05,2025-03-31,2025-03,", "hash of 2025-03")]
    [InlineData("ledger_balances.csv", "PackageBudget,*,CountyPackage,2025,0,", "PackageBudget,*,CountyPackage,2025,1,", "closing of PackageBudget")]
    [InlineData("closings.csv", ",clerk,", ",nobody,", "hash of 2025-03")]
    [InlineData("closing_totals.csv", ",SettledPool,0,", ",SettledPool,0,1", "movement of SettledPool")]
    [InlineData("aside.csv", ",VisitSettled,", ",NoSuchKind,", "")]
    [InlineData("devices.csv", ",530924100201,", ",530924100299,", "site of device 1")]
    [InlineData("segments.csv", ",530924100201,1,1,", ",530924100201,1,2,", "from_seq of an epoch's first batch")]
    public void Checker_ALieThatTheHubSigned_IsNamed(string name, string truth, string lie, string words)
    {
        Export();
        var path = Path.Combine(_out, name);
        var text = File.ReadAllText(path);
        Assert.Contains(truth, text, StringComparison.Ordinal);
        var at = text.IndexOf(truth, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + lie + text[(at + truth.Length)..]);
        Reseal();

        var (code, output, errors) = Check();

        if (name == "aside.csv")
        {
            Assert.Equal((0, ""), (code, errors)); // The kind there is the hub's word only; nothing is computed from it.
            return;
        }
        Assert.True(code == 1, output);
        Assert.Contains(words, errors, StringComparison.Ordinal);
        Assert.Matches(@"expected|cannot be read", errors);
    }

    [Fact]
    public void Checker_ALineLeftOut_IsNamed()
    {
        Export();
        var path = Path.Combine(_out, "settlements.csv");
        File.WriteAllLines(path, File.ReadAllLines(path).Where(line => !line.StartsWith("2,1,1,", StringComparison.Ordinal)));
        Reseal();

        Assert.Contains("expected a row of line 2/1/1", Check().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Checker_AnotherHubsKey_OrAFileBesides_IsNamed()
    {
        Export();
        Assert.Contains("as told by the operator", Check("--key", "0123456789abcdef").Errors, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_out, "extra.txt"), "x");
        Assert.Contains("extra.txt", Check().Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Checker_WithoutAFolder_SaysHowToUseIt()
    {
        var errors = new StringWriter();

        Assert.Equal(2, EdgeHub.Tests.Checker.Check.Run(["/nowhere/at/all"], TextWriter.Null, errors));
        Assert.Contains("--key", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--out", "export", "audit", "--out", ".")]
    [InlineData("--from", "export", "audit", "--out", "OUT", "--from", "March")]
    [InlineData("--through", "export", "audit", "--out", "OUT", "--from", "2025-04", "--through", "2025-03")]
    public async Task Export_GivenWrongly_SaysWhatAndEndsWithTwo(string words, params string[] args)
    {
        var (code, _, errors) = await Run([.. args.Select(arg => arg switch { "OUT" => _out, "." => _lab.Folder, _ => arg })]);

        Assert.Equal(2, code);
        Assert.Contains(words, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_Command_WritesAFolderForItsOwnerAlone()
    {
        var (code, output, _) = await Run("export", "audit", "--out", _out);

        Assert.Equal(0, code);
        Assert.Contains("5 batches", output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_out, "decisions.csv")));
        }
    }

    private AuditExported Export()
    {
        foreach (var file in Directory.EnumerateFiles(_exported.Whole, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(_out, Path.GetRelativePath(_exported.Whole, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
        return _exported.Exported;
    }

    private (int Code, string Output, string Errors) Check(params string[] more)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = EdgeHub.Tests.Checker.Check.Run([_out, .. more], output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Signs the folder as it is now with the hub's own key.</summary>
    private void Reseal()
    {
        var rows = new Folder(_out).Names().Where(name => name is not ("manifest.csv" or "manifest.sig"))
            .Select(name => (name, File.ReadAllBytes(Path.Combine(_out, name))))
            .Select(file => $"{file.name},{file.Item2.Length},{Convert.ToHexStringLower(SHA256.HashData(file.Item2))}\n");
        var manifest = Encoding.UTF8.GetBytes("file,bytes,sha256\n" + string.Concat(rows));
        File.WriteAllBytes(Path.Combine(_out, "manifest.csv"), manifest);
        File.WriteAllText(Path.Combine(_out, "manifest.sig"), Convert.ToBase64String(_hub.Keys.Signer.Sign(manifest)) + "\n");
    }

    private async Task<(int Code, string Output, string Errors)> Run(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var frame = new CommandFrame(_lab.Clock, new SystemEntropy(), output, errors);
        AuditTrailCommands.Register(frame);
        var code = await frame.Run([.. args, "--data", _lab.Folder]);
        return (code, output.ToString(), errors.ToString());
    }
}
