namespace ConvNetShell.Core.Data.Formats;

/// <summary>The formats a dataset can be saved in.</summary>
public enum DatasetFileFormat
{
    /// <summary>PNG files in folders <c>split/class</c>, which every image viewer opens.</summary>
    Png,

    /// <summary>The binary layout of CIFAR-10; for 3x32x32 images.</summary>
    Cifar,

    /// <summary>The IDX files of MNIST; for images of any size, grey or color.</summary>
    Idx,

    /// <summary>NumPy's arrays in one file, <c>dataset.npz</c>, named as Keras names them: x_train, y_train, x_test, y_test.</summary>
    Npz,
}
