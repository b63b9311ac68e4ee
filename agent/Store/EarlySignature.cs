using System.Runtime.ExceptionServices;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent.Store;

/// <summary>The signature over a head that a <see cref="SigningThread"/> makes while the writer writes the rest of the same transaction. Where that
/// did not come to it the writer makes it itself; the transaction waits for it either way.</summary>
public sealed class EarlySignature
{
    private const int Open = 0;
    private const int Taken = 1;
    private const int Made = 2;

    private readonly ISigner _signer;
    private readonly string _device;
    private readonly ChainHead _head;
    private byte[] _signature = [];
    private ExceptionDispatchInfo? _failed;
    private int _state;

    internal EarlySignature(ISigner signer, string device, ChainHead head) => (_signer, _device, _head) = (signer, device, head);

    public bool IsFor(ISigner signer, string device, ChainHead head) =>
        ReferenceEquals(_signer, signer) && _device == device && _head.Epoch == head.Epoch && _head.Seq == head.Seq && _head.Hash.Span.SequenceEqual(head.Hash.Span);

    /// <summary>Signs, where nobody has begun to.</summary>
    public void Make()
    {
        if (Interlocked.CompareExchange(ref _state, Taken, Open) != Open)
        {
            return;
        }
        try
        {
            _signature = HeadSeal.Sign(_signer, _device, _head);
        }
        catch (Exception failed)
        {
            // Told to the writer: its transaction fails of it, as if it had signed itself.
            _failed = ExceptionDispatchInfo.Capture(failed);
        }
        Volatile.Write(ref _state, Made);
    }

    /// <summary>The signature, made here where nobody began it.</summary>
    public byte[] Wait()
    {
        Make();
        var spin = default(SpinWait);
        while (Volatile.Read(ref _state) != Made)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
        _failed?.Throw();
        return _signature;
    }
}
