"""What each audience needs: where to start, tools, access, catalysts."""
