using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>The first states of the models of ipywidgets 8 that are used here; what is not named has the front end's default.</summary>
internal static class WidgetStates
{
    private const string Controls = "@jupyter-widgets/controls",
        Base = "@jupyter-widgets/base",
        Output = "@jupyter-widgets/output",
        Version = "2.0.0",
        OutputVersion = "1.0.0";

    /// <summary>A slider over whole numbers or fractions.</summary>
    public static JsonObject Slider(SliderScale scale, string description, WidgetModel layout, WidgetModel style)
    {
        JsonObject state = View(Controls, Version, scale.IsWhole ? "IntSlider" : "FloatSlider", layout);
        state["description"] = description;
        state["min"] = scale.Json(scale.Minimum);
        state["max"] = scale.Json(scale.Maximum);
        state["step"] = scale.Json(scale.Step);
        state["value"] = scale.Json(scale.Start);
        state["orientation"] = "horizontal";
        state["readout"] = true;
        state["readout_format"] = scale.IsWhole ? "d" : ".4~g";
        state["continuous_update"] = true;
        state["disabled"] = false;
        state["style"] = style.Reference;
        return state;
    }

    /// <summary>A button.</summary>
    public static JsonObject Button(string text, WidgetModel layout, WidgetModel style)
    {
        JsonObject state = View(Controls, Version, "Button", layout);
        state["description"] = text;
        state["disabled"] = false;
        state["icon"] = string.Empty;
        state["button_style"] = string.Empty;
        state["style"] = style.Reference;
        return state;
    }

    /// <summary>An area of outputs as notebooks store them.</summary>
    public static JsonObject Outputs(WidgetModel layout)
    {
        JsonObject state = View(Output, OutputVersion, "Output", layout);
        state["msg_id"] = string.Empty; // the kernel sends the outputs itself
        state["outputs"] = new JsonArray();
        return state;
    }

    /// <summary>Widgets below each other.</summary>
    public static JsonObject Box(WidgetModel layout, params IEnumerable<WidgetModel> children)
    {
        JsonObject state = View(Controls, Version, "VBox", layout);
        state["children"] = new JsonArray([.. children.Select(child => JsonValue.Create(child.Reference))]);
        state["box_style"] = string.Empty;
        return state;
    }

    /// <summary>A layout without wishes.</summary>
    public static JsonObject Layout() => Model(Base, Version, "LayoutModel", Base, Version, "LayoutView");

    /// <summary>A slider's style.</summary>
    public static JsonObject SliderStyle()
    {
        JsonObject state = Model(Controls, Version, "SliderStyleModel", Base, Version, "StyleView");
        state["description_width"] = "initial"; // the text is never cut off
        return state;
    }

    /// <summary>A button's style.</summary>
    public static JsonObject ButtonStyle() => Model(Controls, Version, "ButtonStyleModel", Base, Version, "StyleView");

    private static JsonObject View(string module, string version, string name, WidgetModel layout)
    {
        JsonObject state = Model(module, version, name + "Model", module, version, name + "View");
        state["_dom_classes"] = new JsonArray();
        state["layout"] = layout.Reference;
        return state;
    }

    private static JsonObject Model(string module, string version, string name, string viewModule, string viewVersion, string view) =>
        new()
        {
            ["_model_module"] = module,
            ["_model_module_version"] = version,
            ["_model_name"] = name,
            ["_view_count"] = null,
            ["_view_module"] = viewModule,
            ["_view_module_version"] = viewVersion,
            ["_view_name"] = view,
        };
}
