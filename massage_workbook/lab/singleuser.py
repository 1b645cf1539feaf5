"""A learner's server on a JupyterHub: JupyterHub's own, with the workbook's quick start."""

import massage_workbook.lab.quick_start  # noqa: F401 - before anything of Jupyter's

if __name__ == "__main__":
    from jupyterhub.singleuser import main

    main()
