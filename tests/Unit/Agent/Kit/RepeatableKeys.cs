using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using EdgeHub.Agent.Store;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Tests.Unit.Agent.Kit;

/// <summary>Device keys that a seed repeats.</summary>
public sealed class RepeatableKeys(ulong seed) : IKeyMaker
{
    public (ISigner Signer, byte[] Kept) Make()
    {
        var secret = new byte[32];
        new SeededEntropy(seed).Fill(secret);
        return (new RepeatableSigner(secret), secret);
    }

    public ISigner Open(byte[] kept) => new RepeatableSigner(kept);
}

/// <summary>ECDSA on P-256 whose nonce comes from key and data, so that the same data always gets the same signature, which the
/// platform's own verification accepts. For simulations only: it takes no care of its running time.</summary>
public sealed class RepeatableSigner : ISigner
{
    private static readonly BigInteger P = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger N = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static readonly BigInteger X = Hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
    private static readonly BigInteger Y = Hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    private readonly byte[] _secret;
    private readonly BigInteger _d;

    public RepeatableSigner(byte[] secret)
    {
        (_secret, _d) = (secret, (Number(secret) % (N - 1)) + 1);
        var (x, y) = Times(_d);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Bytes(x), Y = Bytes(y) } });
        PublicKey = key.ExportSubjectPublicKeyInfo();
        KeyId = EcdsaKeys.KeyId(PublicKey);
    }

    public string KeyId { get; }

    public byte[] PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var k = (Number(HMACSHA256.HashData(_secret, data)) % (N - 1)) + 1;
        var r = Times(k).X % N;
        var s = BigInteger.ModPow(k, N - 2, N) * (Number(SHA256.HashData(data)) + (r * _d)) % N;
        return [.. Bytes(r), .. Bytes(s)];
    }

    /// <summary>The generator so many times, in Jacobian coordinates: one inversion at the end.</summary>
    private static (BigInteger X, BigInteger Y) Times(BigInteger k)
    {
        var (x, y, z) = (BigInteger.One, BigInteger.One, BigInteger.Zero);
        for (var bit = 255; bit >= 0; bit--)
        {
            (x, y, z) = Doubled(x, y, z);
            if (!((k >> bit) & 1).IsZero)
            {
                (x, y, z) = z.IsZero ? (X, Y, BigInteger.One) : WithGenerator(x, y, z);
            }
        }
        var inverse = BigInteger.ModPow(z, P - 2, P);
        return (Mod(x * inverse * inverse), Mod(y * inverse * inverse % P * inverse));
    }

    private static (BigInteger, BigInteger, BigInteger) Doubled(BigInteger x, BigInteger y, BigInteger z)
    {
        var (delta, gamma) = (Mod(z * z), Mod(y * y));
        var (beta, alpha) = (Mod(x * gamma), Mod(3 * (x - delta) * (x + delta)));
        var x3 = Mod((alpha * alpha) - (8 * beta));
        return (x3, Mod((alpha * ((4 * beta) - x3)) - (8 * gamma * gamma)), Mod(2 * y * z));
    }

    private static (BigInteger, BigInteger, BigInteger) WithGenerator(BigInteger x, BigInteger y, BigInteger z)
    {
        var zz = Mod(z * z);
        var (h, r) = (Mod((X * zz) - x), Mod((Y * zz * z) - y));
        var hh = Mod(h * h);
        var (hhh, v) = (Mod(hh * h), Mod(x * hh));
        var x3 = Mod((r * r) - hhh - (2 * v));
        return (x3, Mod((r * (v - x3)) - (y * hhh)), Mod(z * h));
    }

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string text) => BigInteger.Parse("0" + text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        var raw = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, 32 - raw.Length);
        return bytes;
    }
}
