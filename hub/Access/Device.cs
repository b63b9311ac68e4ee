namespace EdgeHub.Hub.Access;

/// <summary>A device that may speak for a site.</summary>
/// <param name="DeviceNo">Its small number in the region.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
/// <param name="RevokedMilliseconds">Null: it may speak.</param>
public sealed record Device(
    long DeviceNo, string Name, string Site, byte[] PublicKey, string KeyId, string AgentVersion, long EnrolledMilliseconds, long? RevokedMilliseconds);

/// <summary>An institution as it was loaded.</summary>
/// <param name="Level">0 village clinic, 1 township, 2, 3.</param>
public sealed record Institution(string Code, string Name, int Level, string Type, string Alliance);
