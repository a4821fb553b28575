namespace ConvNetShell.Core.Storage.Hdf5;

/// <summary>A message of an object's header: one of its properties.</summary>
/// <param name="Kind">What it says; the numbers are those of the HDF5 specification.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record Hdf5Message(Hdf5MessageKind Kind, Func<Hdf5Cursor> Body);
