using System.Security.Cryptography;
using EdgeHub.Agent.Desk;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Seams;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>What seals the forms' tokens.</summary>
public sealed class FormSealTests : IDisposable
{
    private static readonly byte[] Token = [1, 2, 3, 4];
    private readonly string _keys = Directory.CreateTempSubdirectory("edgehub-forms-").FullName;

    [Fact]
    public void Token_OfAnOpenForm_IsTakenAfterARestart()
    {
        var kept = Of("token").Protect(Token);
        Assert.Equal(Token, Of("token").Unprotect(kept));
        Assert.NotEqual(kept, Of("token").Protect(Token));
    }

    [Fact]
    public void Token_OfAnotherPurposeOrAltered_IsRefused()
    {
        var kept = Of("token").Protect(Token);
        Assert.ThrowsAny<CryptographicException>(() => Of("other").Unprotect(kept));
        Assert.ThrowsAny<CryptographicException>(() => Of("token", "deeper").Unprotect(kept));
        kept[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => Of("token").Unprotect(kept));
        Assert.ThrowsAny<CryptographicException>(() => Of("token").Unprotect([]));
    }

    [Fact]
    public void Key_ThatIsDamaged_CostsTheOpenFormsAlone()
    {
        var kept = Of("token").Protect(Token);
        File.WriteAllBytes(Path.Combine(_keys, "forms.key"), [1, 2, 3]);
        Assert.ThrowsAny<CryptographicException>(() => Of("token").Unprotect(kept));
        var later = Of("token").Protect(Token);
        Assert.Equal(Token, Of("token").Unprotect(later));
    }

    [Fact]
    public void Key_ThatCannotBeKept_IsGoodUntilTheProcessEnds()
    {
        var seal = new FormSeal(new NoRoom(), new SystemEntropy(), NullLogger<FormSeal>.Instance).CreateProtector("token");
        Assert.Equal(Token, seal.Unprotect(seal.Protect(Token)));
    }

    public void Dispose() => Directory.Delete(_keys, recursive: true);

    /// <summary>As after a restart: the key is read anew.</summary>
    private IDataProtector Of(params IEnumerable<string> purposes)
    {
        IDataProtectionProvider seal = new FormSeal(new FileKeyVault(_keys), new SystemEntropy(), NullLogger<FormSeal>.Instance);
        return purposes.Aggregate(seal, (provider, purpose) => provider.CreateProtector(purpose)) as IDataProtector ?? throw new InvalidOperationException("No purpose was given.");
    }

    private sealed class NoRoom : IKeyVault
    {
        public byte[]? Read(string name) => null;

        public void Keep(string name, byte[] key) => throw new IOException("no room");
    }
}
