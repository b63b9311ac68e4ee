using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeHub.Tests.Checker;

/// <summary>Every file is the one that the hub signed for, and none is there besides.</summary>
public static class Manifest
{
    public static long Check(Folder folder, IReadOnlyDictionary<string, string> settings, string? hubKeyId)
    {
        var key = Convert.FromBase64String(settings["hub_public_key"]);
        var id = KeyId(key);
        Expect("settings.csv hub_key_id", id, settings["hub_key_id"]);
        if (hubKeyId is not null)
        {
            Expect("settings.csv hub_public_key: key id, as told by the operator,", hubKeyId, id);
        }
        var manifest = folder.Bytes("manifest.csv");
        var signature = Convert.FromBase64String(Encoding.ASCII.GetString(folder.Bytes("manifest.sig")).TrimEnd('\n'));
        if (!Signed(key, manifest, signature))
        {
            throw new DifferenceException("manifest.csv: expected a signature by the hub's key; manifest.sig is none");
        }
        var listed = Csv.Read("manifest.csv", manifest);
        foreach (var row in listed)
        {
            var bytes = folder.Bytes(row["file"]);
            Expect($"{row["file"]}: bytes by the manifest", row["bytes"], bytes.LongLength.ToString(CultureInfo.InvariantCulture));
            Expect($"{row["file"]}: sha256 by the manifest", row["sha256"], Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        foreach (var extra in folder.Names().Except(listed.Select(row => row["file"])).Except(["manifest.csv", "manifest.sig"]))
        {
            throw new DifferenceException($"{extra}: expected a row in manifest.csv; there is none");
        }
        Expect("settings.csv format", "1", settings["format"]);
        return listed.Count;
    }

    public static string KeyId(byte[] publicKey) => Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));

    public static bool Signed(byte[] publicKey, byte[] data, byte[] signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return signature.Length == 64 && key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public static void Expect(string what, string expected, string found)
    {
        if (expected != found)
        {
            throw new DifferenceException($"{what}: expected {expected}; found {found}");
        }
    }

    public static void Expect(string what, long expected, long found) =>
        Expect(what, expected.ToString(CultureInfo.InvariantCulture), found.ToString(CultureInfo.InvariantCulture));
}
