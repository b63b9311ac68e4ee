using EdgeHub.Rules;

namespace EdgeHub.Hub.Bookings;

/// <summary>A visit booked at a site (O7).</summary>
/// <param name="Key">Unique at the site; from the system that booked it.</param>
/// <param name="Starts">The booked moment, UTC.</param>
/// <param name="Minutes">How long it is to take, 1 to 1,440.</param>
/// <param name="Source">file, fhir, http or desk.</param>
/// <param name="IsCancelled">It does not take place.</param>
public sealed record BookingRow(
    string Site, string Key, string Person, DateTimeOffset Starts, int Minutes, string Room, string Profession, string Staff, string Source, bool IsCancelled)
{
    /// <summary>The visit's fee without the high-cost protection; null: none is known.</summary>
    public Money? Fee { get; init; }
}

/// <summary>What a load did.</summary>
/// <param name="Unknown">Bookings of persons who are no members, by their keys; not loaded.</param>
/// <param name="PassedOver">Appointments that are only proposed or long done.</param>
public sealed record BookingsLoaded(int Read, int Changed, int PassedOver, IReadOnlyList<string> Unknown);
