"""Pictures: values in, a Drawing out."""
