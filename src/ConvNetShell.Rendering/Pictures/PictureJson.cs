using System.Text;
using System.Text.Json;
using ConvNetShell.Display.Pictures;

namespace ConvNetShell.Rendering.Pictures;

/// <summary>Writes the numbers of pictures as JSON; those that are no finite numbers as null.</summary>
internal static class PictureJson
{
    public static string Write(PictureGrid grid)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("title", grid.Title);
            json.WriteString("note", grid.Note);
            json.WriteStartArray("pictures");
            foreach (Picture picture in grid.Pictures)
            {
                WritePicture(json, picture);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WritePicture(Utf8JsonWriter json, Picture picture)
    {
        json.WriteStartObject();
        json.WriteString("caption", picture.Caption);
        json.WriteString("scale", picture.Scale.ToString());
        ValueRange range = ValueRange.Of(picture);
        json.WriteNumber("low", range.Low);
        json.WriteNumber("high", range.High);
        json.WriteNumber("channels", picture.Channels);
        json.WriteNumber("height", picture.Height);
        json.WriteNumber("width", picture.Width);
        json.WriteStartArray("values");
        foreach (float value in picture.Values)
        {
            if (float.IsFinite(value))
            {
                json.WriteNumberValue(value);
            }
            else
            {
                json.WriteNullValue();
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
