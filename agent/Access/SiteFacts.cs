namespace EdgeHub.Agent.Access;

/// <summary>What enrolment told: where this agent stands, and whose feeds it believes.</summary>
/// <param name="Region">Area code of the pooling area, for example 530924.</param>
/// <param name="Level">0 village clinic, 1 township, 2, 3.</param>
/// <param name="TimeZone">IANA name; decides the civil day.</param>
/// <param name="HubKey">The hub's public key (SubjectPublicKeyInfo, base64).</param>
public sealed record SiteFacts(
    string Region, string Site, string Device, string Institution, string InstitutionName, int Level, string InstitutionType,
    string TimeZone, string HubKey, Uri Hub, IReadOnlyList<string> Villages)
{
    /// <summary>One insured place, one institution: care for a person of another pooling area is out of area.</summary>
    public bool IsOutOfArea(string poolingArea) => !string.Equals(poolingArea, Region, StringComparison.Ordinal);
}
