using System.Globalization;
using System.Text;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Sync.Keys;

/// <summary>The signature over a journal's head, kept beside it from every group commit on: the unsent tail cannot be rewritten
/// by who has the file but not the key.</summary>
public static class HeadSeal
{
    public static byte[] Sign(ISigner signer, string device, ChainHead head) => signer.Sign(Signed(device, head));

    public static bool Holds(ReadOnlySpan<byte> publicKey, string device, ChainHead head, ReadOnlySpan<byte> signature) =>
        EcdsaKeys.Verify(publicKey, Signed(device, head), signature);

    private static byte[] Signed(string device, ChainHead head) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"EHH1\n{device}\n{head.Epoch}\n{head.Seq}\n{Chain.Text(head.Hash.Span)}"));
}
