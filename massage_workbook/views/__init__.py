"""What a page shows, as plain values that hold no picture: any page can be made from them."""
