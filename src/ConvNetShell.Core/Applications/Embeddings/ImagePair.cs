using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Core.Applications.Embeddings;

/// <summary>Two images, and whether they show the same class.</summary>
/// <param name="First">One image.</param>
/// <param name="Second">The other one.</param>
/// <param name="Same">Whether they show the same class.</param>
public sealed record ImagePair(ImageSample First, ImageSample Second, bool Same);
