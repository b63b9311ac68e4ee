using System.Buffers;
using System.IO.Compression;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Sync.Wire;

/// <summary>Inflating what somebody else compressed, within a length that is known before.</summary>
internal static class Brotli
{
    /// <param name="length">What it must inflate to, already checked against a limit.</param>
    /// <exception cref="JournalFormatException">With the code given: not Brotli, longer, shorter, or something behind its end.</exception>
    public static byte[] Inflate(ReadOnlySpan<byte> payload, int length, string code)
    {
        var raw = GC.AllocateUninitializedArray<byte>(length);
        // The decoder wants room even for the end of nothing.
        var room = length > 0 ? raw.AsSpan() : stackalloc byte[1];
        var decoder = default(BrotliDecoder);
        try
        {
            var status = decoder.Decompress(payload, room, out var consumed, out var written);
            return status switch
            {
                OperationStatus.Done when written == length && consumed == payload.Length => raw,
                OperationStatus.Done when written == length => throw new JournalFormatException(code, $"payload: {payload.Length - consumed} bytes behind its end"),
                OperationStatus.Done => throw new JournalFormatException(code, $"rawLength: {length}, but the payload inflates to {written}"),
                OperationStatus.DestinationTooSmall => throw new JournalFormatException(code, $"rawLength: {length}, but the payload inflates to more"),
                OperationStatus.NeedMoreData => throw new JournalFormatException(code, "payload: ends early"),
                _ => throw new JournalFormatException(code, "payload: not Brotli"),
            };
        }
        finally
        {
            decoder.Dispose();
        }
    }
}
